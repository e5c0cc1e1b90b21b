package cloud.haneul.portal;

import cloud.haneul.kernel.Fault;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.faces.FacesException;
import jakarta.faces.application.ViewExpiredException;
import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerFactory;
import jakarta.faces.context.ExceptionHandlerWrapper;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.ExceptionQueuedEvent;
import jakarta.faces.render.ResponseStateManager;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Base64;
import java.util.Iterator;
import org.primefaces.csp.CspException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a page breaks: a page too old to be continued is opened anew, a fault of the core becomes a message or an
 * error page, and all else an error page with the request's id. Nobody ever sees a stack.
 */
class PageFaults extends ExceptionHandlerWrapper {
    private static final Logger LOG = LoggerFactory.getLogger(PageFaults.class);

    PageFaults(ExceptionHandler wrapped) {
        super(wrapped);
    }

    /** Named in faces-config.xml. */
    public static class Factory extends ExceptionHandlerFactory {
        public Factory(ExceptionHandlerFactory wrapped) {
            super(wrapped);
        }

        @Override
        public ExceptionHandler getExceptionHandler() {
            return new PageFaults(getWrapped().getExceptionHandler());
        }
    }

    @Override
    public void handle() throws FacesException {
        FacesContext faces = FacesContext.getCurrentInstance();
        Iterator<ExceptionQueuedEvent> events =
                getUnhandledExceptionQueuedEvents().iterator();
        if (events.hasNext() && !faces.getResponseComplete()) {
            Throwable failure = root(events.next().getContext().getException());
            events.remove();
            while (events.hasNext()) {
                events.next();
                events.remove();
            }
            answer(faces, failure);
        }
        getWrapped().handle();
    }

    private static void answer(FacesContext faces, Throwable failure) {
        HttpServletRequest request =
                (HttpServletRequest) faces.getExternalContext().getRequest();
        HttpServletResponse response =
                (HttpServletResponse) faces.getExternalContext().getResponse();
        if (failure instanceof Fault fault && fault.kind() != Fault.Kind.UNAUTHORIZED) {
            CDI.current().select(PageTrail.class).get().refused(fault, "");
        }
        try {
            if (isNoFormOfOurs(request, failure)) {
                Redirects.send(request, response, Redirects.pageOf(request));
            } else if (failure instanceof Fault fault && fault.kind() == Fault.Kind.UNAUTHORIZED) {
                Redirects.toLogin(request, response);
            } else {
                int status = failure instanceof Fault fault ? fault.kind().status() : 500;
                String id = FrontFilter.requestId(request);
                if (status >= 500) {
                    LOG.error("{}: the page {} failed", id, request.getRequestURI(), failure);
                } else {
                    LOG.debug("{}: the page {} answers {}", id, request.getRequestURI(), status, failure);
                }
                if (Redirects.isScripted(request)) {
                    Redirects.send(
                            request,
                            response,
                            request.getContextPath() + "/dashboard/error.xhtml?status=" + status + "&request=" + id);
                } else if (!response.isCommitted()) {
                    // the page's policy on scripts names its own nonce, the error page has another
                    response.reset();
                    FrontFilter.protect(request, response);
                    response.sendError(status == 403 || status == 404 ? status : 500);
                }
            }
            faces.responseComplete();
        } catch (IOException e) {
            LOG.debug("The browser went away", e);
            faces.responseComplete();
        }
    }

    /** A form that no page as it is now has sent: its view is gone or never was, or it has not its page's nonce. */
    private static boolean isNoFormOfOurs(HttpServletRequest request, Throwable failure) {
        return failure instanceof ViewExpiredException
                || failure instanceof CspException
                || failure instanceof IllegalArgumentException && !isNonce(request.getParameter("primefaces.nonce"))
                || failure instanceof FacesException
                        && "stateless".equals(request.getParameter(ResponseStateManager.VIEW_STATE_PARAM));
    }

    private static boolean isNonce(String nonce) {
        try {
            return nonce == null || Base64.getDecoder().decode(nonce).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        while (!(root instanceof Fault) && root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }
}
