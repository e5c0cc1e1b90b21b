package cloud.haneul.identity;

import cloud.haneul.kernel.Delegation;
import cloud.haneul.kernel.Ids;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a token says: who, where, how proved, from when to when, and its audit ids. Roles are not in it, so taking one away
 * works at once. The text is base64url of: version, key number, methods, scope type, user, scope, issued and expiry in
 * microseconds, audit id, audit id of the first token of its chain, what it borrows its power from, and an HMAC-SHA256 of all
 * that. About 160 characters.
 *
 * @param scope empty for an unscoped token
 * @param firstAuditId that of the token with which somebody proved who he is, when this one was got by rescoping it
 * @param source the trust, application credential or OAuth 1 access token without which it is nothing
 */
record TokenData(
        String userId,
        Optional<Grant.Target> scope,
        List<String> methods,
        Instant issuedAt,
        Instant expiresAt,
        String auditId,
        Optional<String> firstAuditId,
        Optional<TokenSource> source) {
    private static final byte VERSION = 2;
    private static final int MAC_BYTES = 32;
    private static final int MAX_TEXT = 512;
    private static final String NO_ID = "";

    /** Bit by bit; new ones go to the end. */
    private static final List<String> METHODS = List.of(
            "password",
            "token",
            "totp",
            "application_credential",
            "external",
            "mapped",
            "saml2",
            "openid",
            "oauth1",
            "ec2credential");

    TokenData {
        methods = List.copyOf(methods);
        issuedAt = issuedAt.truncatedTo(ChronoUnit.MICROS);
        expiresAt = expiresAt.truncatedTo(ChronoUnit.MICROS);
    }

    /** The audit id that all tokens of one login share. */
    String chain() {
        return firstAuditId.orElse(auditId);
    }

    static String newAuditId() {
        UUID id = UUID.randomUUID();
        return auditText(id);
    }

    String sign(TokenKeys keys) {
        int key = keys.signingKey();
        ByteBuffer out = ByteBuffer.allocate(512);
        out.put(VERSION).putInt(key).putShort(bits(methods));
        int scopeType = scope.map(s -> s.type().ordinal() + 1).orElse(0);
        out.put((byte) scopeType);
        putId(out, userId);
        putId(out, scope.map(Grant.Target::id).orElse(NO_ID));
        out.putLong(micros(issuedAt)).putLong(micros(expiresAt));
        putAudit(out, auditId);
        out.put((byte) (firstAuditId.isPresent() ? 1 : 0));
        firstAuditId.ifPresent(id -> putAudit(out, id));
        int sourceKind = source.map(s -> s.kind().ordinal() + 1).orElse(0);
        out.put((byte) sourceKind);
        source.ifPresent(s -> putId(out, s.id()));
        byte[] mac = keys.sign(key, out.array(), out.position())
                .orElseThrow(() -> new IllegalStateException("The key that signs is gone"));
        out.put(mac);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(out.array(), out.position()));
    }

    /** Reads a token; empty when it is not one of ours or was changed. Whether it is still good, others must say. */
    static Optional<TokenData> verify(String text, TokenKeys keys) {
        if (text.length() > MAX_TEXT) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int length = bytes.length - MAC_BYTES;
        if (length < 5 || bytes[0] != VERSION) {
            return Optional.empty();
        }
        Optional<byte[]> mac = keys.sign(ByteBuffer.wrap(bytes, 1, 4).getInt(), bytes, length);
        if (mac.isEmpty() || !MessageDigest.isEqual(mac.get(), Arrays.copyOfRange(bytes, length, bytes.length))) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(ByteBuffer.wrap(bytes, 5, length - 5)));
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            // signed by a later version that shares the number
            return Optional.empty();
        }
    }

    private static TokenData read(ByteBuffer in) {
        List<String> methods = words(in.getShort());
        int type = in.get();
        String user = getId(in);
        String scopeId = getId(in);
        Instant issued = instant(in.getLong());
        Instant expires = instant(in.getLong());
        String audit = getAudit(in);
        Optional<String> first = in.get() == 1 ? Optional.of(getAudit(in)) : Optional.empty();
        Optional<Grant.Target> scope = type == 0
                ? Optional.empty()
                : Optional.of(new Grant.Target(Grant.TargetType.values()[type - 1], scopeId));
        int kind = in.get();
        Optional<TokenSource> source = kind == 0
                ? Optional.empty()
                : Optional.of(new TokenSource(Delegation.Kind.values()[kind - 1], getId(in)));
        return new TokenData(user, scope, methods, issued, expires, audit, first, source);
    }

    private static short bits(List<String> words) {
        int bits = 0;
        for (String word : words) {
            bits |= 1 << METHODS.indexOf(word);
        }
        return (short) bits;
    }

    private static List<String> words(short bits) {
        List<String> words = new ArrayList<>(2);
        for (int i = 0; i < METHODS.size(); i++) {
            if ((bits & 1 << i) != 0) {
                words.add(METHODS.get(i));
            }
        }
        return words;
    }

    /** Ids of our own making take 17 bytes, others their length and one. */
    private static void putId(ByteBuffer out, String id) {
        Optional<UUID> uuid = id.length() == 32 ? Ids.parse(id) : Optional.empty();
        if (uuid.isPresent() && hex(uuid.get()).equals(id)) {
            out.put((byte) 0xff)
                    .putLong(uuid.get().getMostSignificantBits())
                    .putLong(uuid.get().getLeastSignificantBits());
        } else {
            byte[] text = id.getBytes(StandardCharsets.UTF_8);
            out.put((byte) text.length).put(text);
        }
    }

    private static String getId(ByteBuffer in) {
        int length = in.get();
        if (length == -1) {
            return hex(new UUID(in.getLong(), in.getLong()));
        }
        byte[] text = new byte[length];
        in.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static String hex(UUID id) {
        return id.toString().replace("-", "");
    }

    private static void putAudit(ByteBuffer out, String id) {
        out.put(Base64.getUrlDecoder().decode(id));
    }

    private static String getAudit(ByteBuffer in) {
        return auditText(new UUID(in.getLong(), in.getLong()));
    }

    private static String auditText(UUID id) {
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
