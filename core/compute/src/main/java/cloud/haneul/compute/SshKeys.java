package cloud.haneul.compute;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
            byte[] publicBlob = blob(out -> {
                text(out, TYPE);
                bytes(out, point);
            });
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
        int check = new SecureRandom().nextInt();
        byte[] secret = blob(out -> {
            out.writeInt(check);
            out.writeInt(check);
            text(out, TYPE);
            bytes(out, point);
            byte[] both = Arrays.copyOf(seed, 64);
            System.arraycopy(point, 0, both, 32, 32);
            bytes(out, both);
            text(out, comment);
            for (int pad = 1; out.size() % 8 != 0; pad++) {
                out.writeByte(pad);
            }
        });
        byte[] file = blob(out -> {
            out.write("openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII));
            text(out, "none");
            text(out, "none");
            text(out, "");
            out.writeInt(1);
            bytes(out, publicBlob);
            bytes(out, secret);
        });
        return "-----BEGIN OPENSSH PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(file)
                + "\n-----END OPENSSH PRIVATE KEY-----\n";
    }

    private static void text(DataOutputStream out, String value) throws IOException {
        bytes(out, value.getBytes(StandardCharsets.UTF_8));
    }

    private static void bytes(DataOutputStream out, byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }

    private static byte[] blob(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writer.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private interface Writer {
        void write(DataOutputStream out) throws IOException;
    }
}
