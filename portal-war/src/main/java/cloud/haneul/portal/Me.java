package cloud.haneul.portal;

import cloud.haneul.identity.Login.DomainRef;
import cloud.haneul.identity.Login.OfDomain;
import cloud.haneul.identity.Login.OfProject;
import cloud.haneul.identity.Login.ProjectRef;
import cloud.haneul.identity.Login.Scope;
import cloud.haneul.identity.Places;
import cloud.haneul.identity.SignedIn;
import cloud.haneul.identity.Tokens;
import cloud.haneul.kernel.Authenticator.RequestInfo;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.rest.ClientAddress;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.shiro.SecurityUtils;

/**
 * The person at the browser and the project he works in. Holds a token of that project alone, which every request has checked
 * anew: who is disabled or loses a role loses it here at once.
 */
@Named("me")
@SessionScoped
public class Me implements Serializable {
    private static final long serialVersionUID = 1L;
    /** So that one comes back to the project one left. */
    private static final String LAST_PROJECT = "haneul-project";

    @Inject
    private transient Tokens tokens;

    @Inject
    private transient Access access;

    @Inject
    private transient Places places;

    private String token = "";

    /**
     * Who asks, in the chosen project, with the rights of this moment: the first argument of every use case.
     *
     * @throws Fault UNAUTHORIZED when the session is over; the page then leads to the login
     */
    public Caller caller() {
        return caller(request());
    }

    /** The same where no page is, such as in a servlet. */
    public Caller caller(HttpServletRequest request) {
        if (request.getAttribute(Me.class.getName()) instanceof Caller caller) {
            return caller;
        }
        RequestInfo info = visit(request);
        Caller caller = scoped(request, info);
        request.setAttribute(Me.class.getName(), caller);
        return caller;
    }

    private Caller scoped(HttpServletRequest request, RequestInfo info) {
        if (!token.isEmpty()) {
            try {
                return tokens.authenticate(token, info);
            } catch (Fault e) {
                // the project or the role in it is gone; the login may be good still
                token = "";
            }
        }
        String login = login().token();
        Caller caller = tokens.authenticate(login, info);
        String wanted = Arrays.stream(Optional.ofNullable(request.getCookies()).orElse(new Cookie[0]))
                .filter(cookie -> cookie.getName().equals(LAST_PROJECT))
                .map(Cookie::getValue)
                .findFirst()
                .orElse("");
        token = tokenOf(wanted)
                .or(() -> caller.projectId().flatMap(this::tokenOf))
                .or(() -> places.find(caller, "", 1).stream().findFirst().flatMap(place -> tokenOf(place.id())))
                .orElse(login);
        return tokens.authenticate(token, info);
    }

    /** Of the project or domain of that id; none where he does not get in. */
    private Optional<String> tokenOf(String id) {
        return id.isEmpty()
                ? Optional.empty()
                : move(new OfProject(ProjectRef.id(id))).or(() -> move(new OfDomain(DomainRef.id(id))));
    }

    private Optional<String> move(Scope scope) {
        try {
            return Optional.of(tokens.move(login().token(), scope).token());
        } catch (Fault e) {
            if (e.kind() != Fault.Kind.UNAUTHORIZED) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** How he is signed in: what the session's pages are shown by. */
    public static SignedIn login() {
        return Optional.ofNullable((SignedIn) SecurityUtils.getSubject().getPrincipal())
                .orElseThrow(Fault::unauthorized);
    }

    public String getName() {
        return caller().userName();
    }

    public String getUserId() {
        return caller().userId();
    }

    public boolean isAdmin() {
        return caller().isAdmin();
    }

    /**
     * Whether the policy lets him do this to what is his here: decides what is offered. The core asks once more, with the thing
     * itself.
     */
    public boolean may(String rule) {
        return access.allowed(caller(), rule, here(caller()));
    }

    /** Something of the project, the domain or the user that is asking, in the words of the rules of all services. */
    private static Map<String, ?> here(Caller caller) {
        Map<String, Object> things = new HashMap<>();
        caller.projectId().ifPresent(id -> things.put("project", Map.of("id", id)));
        caller.domainId().ifPresent(id -> {
            things.put("domain_id", id);
            things.put("domain", Map.of("id", id));
            List.of("project", "user", "group").forEach(kind -> things.put(kind, Map.of("domain_id", id)));
        });
        caller.projectDomainId().ifPresent(id -> things.putIfAbsent("user", Map.of("domain_id", id)));
        Map<String, Object> here = new HashMap<>(Map.of("user_id", caller.userId(), "target", things));
        caller.projectId().ifPresent(id -> here.put("project_id", id));
        return here;
    }

    /** Whether he may change things, rather than only look. */
    public boolean isMember() {
        return caller().hasRole("member") || caller().isAdmin();
    }

    /** Whether he works in a project, rather than in a domain or nowhere yet. */
    public boolean isInProject() {
        return caller().projectId().isPresent();
    }

    /** Of the project or domain; empty for who has a role in none. */
    public String getPlaceId() {
        return caller().projectId().or(() -> caller().domainId()).orElse("");
    }

    public String getPlaceName() {
        return caller().projectName().or(() -> caller().domainName()).orElse("");
    }

    /** Of the project, or the one he works in. */
    public String getDomainId() {
        return caller().projectDomainId().or(() -> caller().domainId()).orElse(caller().userDomainId());
    }

    /** Changes to another project or domain and opens its overview: what the page showed belongs to the one before. */
    public void enter(String id) throws IOException {
        token = tokenOf(id).orElseThrow(() -> Fault.notFound("Project", id));
        Cookie cookie = new Cookie(LAST_PROJECT, id);
        cookie.setPath(request().getContextPath() + "/");
        cookie.setMaxAge(365 * 24 * 3600);
        cookie.setHttpOnly(true);
        cookie.setAttribute("SameSite", "Lax");
        ((HttpServletResponse) external().getResponse()).addCookie(cookie);
        external().redirect(request().getContextPath() + Redirects.HOME);
    }

    public void signOut() throws IOException {
        tokens.signOut(login().token());
        SecurityUtils.getSubject().logout();
        external().invalidateSession();
        external().redirect(request().getContextPath() + Redirects.HOME + "login.xhtml?out=1");
    }

    /** Somebody else may be at the browser now, or the same with other rights. */
    void begin() {
        token = "";
    }

    /** The request of this page, as identity wants to know of it. */
    public RequestInfo visit() {
        return visit(request());
    }

    static RequestInfo visit(HttpServletRequest request) {
        Locale locale = Optional.ofNullable(FacesContext.getCurrentInstance())
                .map(f -> f.getViewRoot())
                .map(v -> v.getLocale())
                .orElse(Locale.ENGLISH);
        return new RequestInfo(
                FrontFilter.requestId(request),
                Optional.empty(),
                request.getMethod(),
                request.getRequestURI(),
                Optional.empty(),
                locale,
                CDI.current().select(ClientAddress.class).get().address(request));
    }

    private static ExternalContext external() {
        return FacesContext.getCurrentInstance().getExternalContext();
    }

    private static HttpServletRequest request() {
        return (HttpServletRequest) external().getRequest();
    }
}
