package cloud.haneul.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Time-based one-time passwords of RFC 6238 as everybody's telephone makes them: SHA-1, six digits, half a minute. */
final class Totp {
    private static final int STEP_SECONDS = 30;
    private static final int MODULO = 1_000_000;
    /** 160 bits: 32 letters, none left over. */
    private static final int SECRET_BYTES = 20;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Totp() {}

    /** A secret of as many bits as RFC 4226 recommends, in base32. */
    static String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        StringBuilder text = new StringBuilder();
        long bits = 0;
        int count = 0;
        for (byte each : bytes) {
            bits = bits << 8 | each & 0xff;
            count += 8;
            while (count >= 5) {
                count -= 5;
                text.append(ALPHABET.charAt((int) (bits >> count) & 31));
            }
        }
        return text.toString();
    }

    /** The step a passcode is of: this one or the one before it; none when it is wrong. */
    static OptionalLong stepOf(String passcode, byte[] secret, Instant now) {
        long step = now.getEpochSecond() / STEP_SECONDS;
        for (long s = step; s >= step - 1; s--) {
            if (MessageDigest.isEqual(
                    code(secret, s).getBytes(StandardCharsets.UTF_8), passcode.getBytes(StandardCharsets.UTF_8))) {
                return OptionalLong.of(s);
            }
        }
        return OptionalLong.empty();
    }

    static String code(byte[] secret, Instant at) {
        return code(secret, at.getEpochSecond() / STEP_SECONDS);
    }

    private static String code(byte[] secret, long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
            int offset = hash[hash.length - 1] & 0xf;
            int number = ByteBuffer.wrap(hash, offset, 4).getInt() & 0x7fffffff;
            return String.format(Locale.ROOT, "%06d", number % MODULO);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA1", e);
        }
    }

    /**
     * Bytes of a secret in base32, in whatever case, with or without padding and blanks.
     *
     * @throws IllegalArgumentException when it is something else or shorter than a byte
     */
    static byte[] secret(String base32) {
        String text = base32.toUpperCase(Locale.ROOT).replaceAll("[\\s=-]", "");
        ByteBuffer out = ByteBuffer.allocate(text.length() * 5 / 8);
        long bits = 0;
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            int value = ALPHABET.indexOf(text.charAt(i));
            if (value < 0) {
                throw new IllegalArgumentException("not base32");
            }
            bits = bits << 5 | value;
            count += 5;
            if (count >= 8) {
                count -= 8;
                out.put((byte) (bits >> count));
            }
        }
        if (out.position() == 0) {
            throw new IllegalArgumentException("too short");
        }
        return out.array();
    }
}
