package cloud.haneul.portal;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.event.Audit;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a change that the core refuses to somebody on a page leaves an event, as it does when a program asks for it, and
 * so does a page that somebody opens who may not see it. Both are told as the page.
 */
@RequestScoped
public class PageTrail {
    private static final Logger LOG = LoggerFactory.getLogger(PageTrail.class);
    /** What a page itself finds wrong never reached the core. */
    static final String OF_PAGE = "OfPage";

    @Inject
    private Me me;

    @Inject
    private Audit audit;

    private boolean told;

    /** @param subject what it was about, such as the name of one of several instances; may be empty */
    void refused(RuntimeException failure, String subject) {
        FacesContext faces = FacesContext.getCurrentInstance();
        HttpServletRequest request =
                (HttpServletRequest) faces.getExternalContext().getRequest();
        Fault fault = failure instanceof Fault known ? known : Fault.internal(failure.toString(), failure);
        boolean change = "POST".equals(request.getMethod()) && !faces.getRenderResponse();
        boolean closed = "GET".equals(request.getMethod()) && fault.kind() == Fault.Kind.FORBIDDEN;
        if (!change && !closed || fault.type().equals(OF_PAGE)) {
            return;
        }
        known().filter(caller -> told || !audit.hasRecorded(caller.requestId(), false))
                .ifPresent(caller -> tell(caller, request, fault, subject));
    }

    /** Nobody is, on the login page and when the session is over. */
    private Optional<Caller> known() {
        try {
            return Optional.of(me.caller());
        } catch (Fault over) {
            return Optional.empty();
        }
    }

    private void tell(Caller caller, HttpServletRequest request, Fault fault, String subject) {
        String page = request.getServletPath().replaceFirst("^/dashboard/", "").replaceFirst("\\.xhtml$", "");
        try {
            audit.failure(
                    caller,
                    request.getMethod() + " " + request.getServletPath(),
                    "page",
                    page,
                    subject,
                    Audit.reason(fault.kind().status(), fault));
            told = true;
        } catch (RuntimeException e) {
            // he must be told what went wrong all the same
            LOG.error("{} a refusal on {} left no event in the audit trail", caller.requestId(), page, e);
        }
    }
}
