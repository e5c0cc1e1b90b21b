package cloud.haneul.portal;

import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Refuses web sockets that a page of another site opens; a client that is no browser sends no origin and needs a token anyway. */
public class SameOrigin extends ServerEndpointConfig.Configurator {
    @Override
    public boolean checkOrigin(String originHeaderValue) {
        // decided below, where the host is known as well
        return true;
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(request.getHeaders());
        String origin = headers.getOrDefault("Origin", List.of("")).get(0);
        String host = headers.getOrDefault("Host", List.of("")).get(0);
        if (!origin.isEmpty() && !FrontFilter.isOwn(origin, host)) {
            // without this header no browser completes the handshake
            response.getHeaders().put(HandshakeResponse.SEC_WEBSOCKET_ACCEPT, List.of("refused"));
        }
    }
}
