package cloud.haneul.identity;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * What SAML providers say of themselves; where that is an address, it is asked again every hour, with a time limit and not
 * many at once, and what was said before goes on to count as long as it says itself that it may.
 */
@Component
class SamlProviders {
    private static final int AT_ONCE = 16;
    private static final Duration GOOD_FOR = Duration.ofHours(1);

    private record Known(SamlMetadata metadata, Instant askAgain) {}

    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Semaphore room = new Semaphore(AT_ONCE);

    @Inject
    SamlProviders(Clock clock) {
        this.clock = clock;
    }

    /** @throws Fault UNAVAILABLE when nothing can be learned, or nothing that still counts */
    SamlMetadata metadata(SamlClient client) {
        SamlMetadata metadata = client.metadata()
                .map(xml -> SamlMetadata.of(xml, client.provider()))
                .orElseGet(() -> told(client));
        if (metadata.until().filter(until -> !clock.instant().isBefore(until)).isPresent()) {
            throw unavailable(
                    client,
                    new IOException(
                            "Its metadata was valid until " + metadata.until().get()));
        }
        return metadata;
    }

    private SamlMetadata told(SamlClient client) {
        String place =
                client.metadataUrl().orElseThrow() + " " + client.provider().orElse("");
        Known before = known.get(place);
        if (before != null && clock.instant().isBefore(before.askAgain)) {
            return before.metadata;
        }
        try {
            SamlMetadata now = ask(client);
            known.put(place, new Known(now, clock.instant().plus(GOOD_FOR)));
            return now;
        } catch (Fault e) {
            if (before == null) {
                throw e;
            }
            return before.metadata;
        }
    }

    private SamlMetadata ask(SamlClient client) {
        if (!room.tryAcquire()) {
            throw unavailable(client, new IOException("Too many requests wait for identity providers"));
        }
        try {
            int limit = (int) IdentitySettings.OIDC_TIMEOUT.get().toMillis();
            String xml = new DefaultResourceRetriever(limit, limit, SamlMetadata.MOST_BYTES)
                    .retrieveResource(
                            URI.create(client.metadataUrl().orElseThrow()).toURL())
                    .getContent();
            return SamlMetadata.of(xml, client.provider());
        } catch (IOException | Fault e) {
            throw unavailable(client, e);
        } finally {
            room.release();
        }
    }

    private static Fault unavailable(SamlClient client, Exception cause) {
        return Fault.of(
                        Fault.Kind.UNAVAILABLE,
                        "The identity provider does not answer at the moment. Please try again later.")
                .detail("The SAML provider of " + client + ": " + cause.getMessage())
                .cause(cause);
    }
}
