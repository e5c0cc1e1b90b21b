package cloud.haneul.tck;

import cloud.haneul.spi.compute.ImageSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A raw image of some bytes in memory that knows how often it was opened. It boots nowhere but in the simulator; most of what
 * a driver does with an image does not need a guest that boots.
 *
 * <pre>{@code
 * TinyImage image = TinyImage.random(1 << 20);
 * driver.prepareDisks(new DiskPlan(server, 0, image, Optional.empty()));
 * assertThat(image.opened()).isEqualTo(1);
 * }</pre>
 */
public final class TinyImage implements ImageSource {
    private final UUID id = UUID.randomUUID();
    private final AtomicInteger opened = new AtomicInteger();
    private final byte[] content;
    private final String sha512;
    private final int breaksAfter;

    private TinyImage(byte[] content, String sha512, int breaksAfter) {
        this.content = content;
        this.sha512 = sha512;
        this.breaksAfter = breaksAfter;
    }

    /** An image nobody has seen before, hence in no cache. */
    public static TinyImage random(int bytes) {
        byte[] content = new byte[bytes];
        // a few random bytes are enough to make the hash its own
        byte[] seal = new byte[Math.min(64, bytes)];
        new SecureRandom().nextBytes(seal);
        System.arraycopy(seal, 0, content, 0, seal.length);
        return of(content);
    }

    public static TinyImage of(byte[] content) {
        return new TinyImage(content.clone(), hash(content), Integer.MAX_VALUE);
    }

    /** The same image with one bit of its content turned: what arrives is not what was promised. */
    public TinyImage corrupted() {
        byte[] other = content.clone();
        other[other.length / 2] ^= 1;
        return new TinyImage(other, sha512, Integer.MAX_VALUE);
    }

    /** The same image, whose stream fails after some bytes, as when the image service goes away. */
    public TinyImage breakingAfter(int bytes) {
        return new TinyImage(content, sha512, bytes);
    }

    /** How often {@link #open()} was called. */
    public int opened() {
        return opened.get();
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public String format() {
        return "raw";
    }

    @Override
    public String sha512() {
        return sha512;
    }

    @Override
    public long size() {
        return content.length;
    }

    @Override
    public long virtualSize() {
        return content.length;
    }

    @Override
    public InputStream open() {
        opened.incrementAndGet();
        InputStream whole = new ByteArrayInputStream(content);
        return breaksAfter < content.length ? new Breaking(whole, breaksAfter) : whole;
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-512", e);
        }
    }

    private static final class Breaking extends InputStream {
        private final InputStream whole;
        private int left;

        Breaking(InputStream whole, int left) {
            this.whole = whole;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            if (left-- <= 0) {
                throw new IOException("the image service went away");
            }
            return whole.read();
        }
    }
}
