package cloud.haneul.identity;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.data.Json;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** Signed notes of what somebody has already proved, for those whose rules want several proofs. Nothing is stored. */
@Component
class Receipts {
    /** Not a token's version, so that neither can stand in for the other. */
    private static final byte VERSION = 'R';

    private static final int MAC_BYTES = 32;
    private static final int HEAD = 5;
    private static final int MAX_TEXT = 2048;

    private final TokenKeys keys;
    private final Clock clock;

    @Inject
    Receipts(TokenKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** What a receipt says. */
    record Known(String userId, Set<String> methods, Instant expiresAt) {}

    ReceiptNeeded.Receipt make(TokenContext context, Set<String> methods) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant until = now.plus(IdentitySettings.RECEIPT_LIFETIME.get());
        byte[] body = Json.write(new Known(context.user().id(), methods, until)).getBytes(StandardCharsets.UTF_8);
        int key = keys.signingKey();
        ByteBuffer out = ByteBuffer.allocate(HEAD + body.length + MAC_BYTES);
        out.put(VERSION).putInt(key).put(body);
        out.put(keys.sign(key, out.array(), out.position())
                .orElseThrow(() -> new IllegalStateException("The key that signs is gone")));
        return new ReceiptNeeded.Receipt(
                Base64.getUrlEncoder().withoutPadding().encodeToString(out.array()),
                context.user(),
                context.userDomain(),
                methods,
                now,
                until);
    }

    /** Empty when it is not ours or over. */
    Optional<Known> read(String text) {
        byte[] bytes;
        try {
            bytes = text.length() > MAX_TEXT
                    ? new byte[0]
                    : Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int length = bytes.length - MAC_BYTES;
        if (length < HEAD || bytes[0] != VERSION) {
            return Optional.empty();
        }
        return keys.sign(ByteBuffer.wrap(bytes, 1, 4).getInt(), bytes, length)
                .filter(mac -> MessageDigest.isEqual(mac, Arrays.copyOfRange(bytes, length, bytes.length)))
                .map(mac -> Json.read(new String(bytes, HEAD, length - HEAD, StandardCharsets.UTF_8), Known.class))
                .filter(known -> clock.instant().isBefore(known.expiresAt()));
    }
}
