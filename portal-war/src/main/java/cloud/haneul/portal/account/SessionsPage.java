package cloud.haneul.portal.account;

import cloud.haneul.identity.PortalSessions;
import cloud.haneul.identity.PortalSessions.Session;
import cloud.haneul.portal.BrowserName;
import cloud.haneul.portal.Me;
import cloud.haneul.portal.Notices;
import cloud.haneul.portal.Requested;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.List;

/** Where whoever is signed in is signed in, on the page about his account. */
@Named("sessions")
@RequestScoped
public class SessionsPage {
    @Inject
    private Me me;

    @Inject
    private Notices notices;

    @Inject
    private PortalSessions sessions;

    private List<Session> all;

    public List<Session> getAll() {
        if (all == null) {
            all = sessions.list(me.caller(), Me.login().token());
        }
        return all;
    }

    public String name(Session session) {
        return BrowserName.of(session.browser()).orElseGet(() -> notices.word("sessions.unknown"));
    }

    /** A button of a row: {@code hn-one} says which session shall end. Ending this one is signing out. */
    public void handle() throws IOException {
        String id = Requested.text("hn-one");
        if (getAll().stream()
                .anyMatch(session -> session.isThis() && session.id().equals(id))) {
            me.signOut();
            return;
        }
        notices.attempt(() -> sessions.end(me.caller(), id), "sessions.end.done");
        all = null;
    }
}
