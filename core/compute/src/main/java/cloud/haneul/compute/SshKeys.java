package cloud.haneul.compute;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.util.Arrays;
import java.util.Base64;

/** Makes Ed25519 pairs in OpenSSH's forms: the public line, and the private file of PROTOCOL.key without a passphrase. */
final class SshKeys {
    private static final String TYPE = "ssh-ed25519";

    private SshKeys() {}

    record Pair(String publicKey, String privateKey) {
        @Override
        public String toString() {
            return "Pair[" + publicKey + "]";
        }
    }

    static Pair generate(String comment) {
        try {
            java.security.KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] point = point((EdECPublicKey) pair.getPublic());
            byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            byte[] publicBlob = join(string(TYPE), string(point));
            return new Pair(
                    TYPE + " " + Base64.getEncoder().encodeToString(publicBlob) + " " + comment,
                    privateFile(publicBlob, point, seed, comment));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java since 15 has Ed25519", e);
        }
    }

    /** Little-endian y with the sign of x in the highest bit (RFC 8032, section 5.1.2). */
    private static byte[] point(EdECPublicKey key) {
        byte[] big = key.getPoint().getY().toByteArray();
        byte[] little = new byte[32];
        for (int i = 0; i < big.length && i < 32; i++) {
            little[i] = big[big.length - 1 - i];
        }
        if (key.getPoint().isXOdd()) {
            little[31] |= (byte) 0x80;
        }
        return little;
    }

    private static String privateFile(byte[] publicBlob, byte[] point, byte[] seed, String comment) {
        byte[] check = number(new SecureRandom().nextInt());
        byte[] secret = join(check, check, string(TYPE), string(point), string(join(seed, point)), string(comment));
        byte[] padded = Arrays.copyOf(secret, (secret.length + 7) / 8 * 8);
        for (int i = secret.length; i < padded.length; i++) {
            padded[i] = (byte) (i - secret.length + 1);
        }
        byte[] none = join(string("none"), string("none"), string(""));
        byte[] begin = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);
        byte[] file = join(begin, none, number(1), string(publicBlob), string(padded));
        return "-----BEGIN OPENSSH PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(file)
                + "\n-----END OPENSSH PRIVATE KEY-----\n";
    }

    private static byte[] string(String text) {
        return string(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A string of SSH is its length and its bytes (RFC 4251, section 5). */
    private static byte[] string(byte[] value) {
        return join(number(value.length), value);
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }
}
