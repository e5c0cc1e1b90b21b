package cloud.haneul.portal;

import cloud.haneul.identity.Login.OfProject;
import cloud.haneul.identity.Login.ProjectRef;
import cloud.haneul.identity.Project;
import cloud.haneul.identity.SignedIn;
import cloud.haneul.identity.Tokens;
import cloud.haneul.kernel.Authenticator.RequestInfo;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import jakarta.enterprise.context.SessionScoped;
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
import java.util.List;
import java.util.Locale;
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
        List<String> projects =
                tokens.projects(caller).stream().map(Project::id).toList();
        String wanted = Arrays.stream(Optional.ofNullable(request.getCookies()).orElse(new Cookie[0]))
                .filter(cookie -> cookie.getName().equals(LAST_PROJECT))
                .map(Cookie::getValue)
                .findFirst()
                .orElse("");
        Optional<String> chosen = Optional.of(wanted)
                .filter(projects::contains)
                .or(() -> caller.projectId().filter(projects::contains))
                .or(() -> projects.stream().findFirst());
        token = chosen.map(id -> of(id, info)).orElse(login);
        return tokens.authenticate(token, info);
    }

    private String of(String projectId, RequestInfo info) {
        return tokens.issue(
                        cloud.haneul.identity.Login.token(login().token(), new OfProject(ProjectRef.id(projectId))),
                        info)
                .token();
    }

    static SignedIn login() {
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

    /** Whether he may change things, rather than only look. */
    public boolean isMember() {
        return caller().hasRole("member") || caller().isAdmin();
    }

    public String getProjectId() {
        return caller().projectId().orElse("");
    }

    public String getProjectName() {
        return caller().projectName().orElse("");
    }

    public List<Project> getProjects() {
        return tokens.projects(caller());
    }

    /** Changes to another project and opens its overview: what the page showed belongs to the one before. */
    public void enter(String id) throws IOException {
        token = of(id, visit(request()));
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
                request.getRemoteAddr());
    }

    private static ExternalContext external() {
        return FacesContext.getCurrentInstance().getExternalContext();
    }

    private static HttpServletRequest request() {
        return (HttpServletRequest) external().getRequest();
    }
}
