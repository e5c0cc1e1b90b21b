package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Fault;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request body that refuses to be longer than allowed, whatever its Content-Length claimed. */
final class BoundedStream extends FilterInputStream {
    private final long max;
    private long count;

    BoundedStream(InputStream in, long max) {
        super(in);
        this.max = max;
    }

    static Fault tooLarge(long max) {
        return Fault.of(Fault.Kind.TOO_LARGE, "The request body is larger than " + max + " bytes.");
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        count(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = super.read(buffer, offset, length);
        count(Math.max(0, n));
        return n;
    }

    @Override
    public long skip(long n) throws IOException {
        long skipped = super.skip(n);
        count(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(long n) {
        count += n;
        if (count > max) {
            throw tooLarge(max);
        }
    }
}
