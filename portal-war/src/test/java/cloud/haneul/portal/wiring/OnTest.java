package cloud.haneul.portal.wiring;

import cloud.haneul.kernel.data.Database;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.UUID;

/** What is in the WAR on test only: a token for the console of an instance that is gone, and a web socket that is closed as it opens. */
@WebListener
public class OnTest implements ServletContextListener {
    static final String TOKEN = "given";

    /** Closes on the very thread that opens it, as Faces' push channel does with those it does not know. */
    @ServerEndpoint("/ws/closing")
    public static class Closing {
        @OnOpen
        public void open(Session session) throws IOException {
            session.close(new CloseReason(CloseReason.CloseCodes.VIOLATED_POLICY, ""));
        }
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServerContainer sockets =
                (ServerContainer) event.getServletContext().getAttribute(ServerContainer.class.getName());
        Database database = CDI.current().select(Database.class).get();
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into compute_console_token"
                        + " (hash, server_id, kind, user_id, expires_at) values (?, ?, 'SERIAL', 'nobody', ?)")) {
            sockets.addEndpoint(Closing.class);
            insert.setString(1, hash(TOKEN));
            insert.setObject(2, UUID.randomUUID());
            insert.setObject(3, OffsetDateTime.now(ZoneOffset.UTC).plusHours(1));
            insert.executeUpdate();
        } catch (SQLException | DeploymentException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
