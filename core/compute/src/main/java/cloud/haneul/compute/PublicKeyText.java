package cloud.haneul.compute;

import cloud.haneul.kernel.Fault;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;

/**
 * An OpenSSH public key line, checked: type, Base64 blob that begins with the same type (RFC 4253, section 6.6), comment.
 */
record PublicKeyText(String text, String fingerprint) {
    private static final Set<String> TYPES = Set.of(
            "ssh-rsa",
            "ssh-ed25519",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "ssh-dss",
            "sk-ssh-ed25519@openssh.com",
            "sk-ecdsa-sha2-nistp256@openssh.com");
    private static final int MAX = 16_384;

    static PublicKeyText parse(String line) {
        String text = line.strip();
        String[] words = text.split("\\s+", 3);
        if (text.length() > MAX || text.indexOf('\n') >= 0 || words.length < 2 || !TYPES.contains(words[0])) {
            throw invalid("it is not one line of an OpenSSH public key");
        }
        try {
            byte[] blob = Base64.getDecoder().decode(words[1]);
            ByteBuffer buffer = ByteBuffer.wrap(blob);
            int length = buffer.getInt();
            if (length != words[0].length()) {
                throw invalid("its type and its data do not match");
            }
            byte[] type = new byte[length];
            buffer.get(type);
            if (!new String(type, StandardCharsets.US_ASCII).equals(words[0]) || !buffer.hasRemaining()) {
                throw invalid("its type and its data do not match");
            }
            return new PublicKeyText(
                    text,
                    HexFormat.ofDelimiter(":")
                            .formatHex(MessageDigest.getInstance("MD5").digest(blob)));
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            throw invalid("its data is damaged").cause(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has MD5", e);
        }
    }

    private static Fault invalid(String why) {
        return Fault.badRequest("public_key", "Keypair data is invalid: " + why + ".");
    }
}
