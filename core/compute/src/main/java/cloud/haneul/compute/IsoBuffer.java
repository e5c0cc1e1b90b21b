package cloud.haneul.compute;

import com.github.stephenc.javaisotools.sabre.DataReference;
import com.github.stephenc.javaisotools.sabre.Element;
import com.github.stephenc.javaisotools.sabre.Fixup;
import com.github.stephenc.javaisotools.sabre.HandlerException;
import com.github.stephenc.javaisotools.sabre.StreamHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Takes an ISO image as the library writes it, in memory. The library's own taker is a file that it writes in hundreds of small
 * pieces, which is most of the time a small image takes.
 */
final class IsoBuffer implements StreamHandler {
    private final Bytes bytes = new Bytes();

    byte[] toByteArray() {
        return bytes.toByteArray();
    }

    @Override
    public void startDocument() {}

    @Override
    public void startElement(Element element) {}

    @Override
    public void data(DataReference data) throws HandlerException {
        try (InputStream in = data.createInputStream()) {
            long written = in.transferTo(bytes);
            if (written != data.getLength()) {
                throw new HandlerException("There are " + written + " bytes of " + data.getLength());
            }
        } catch (IOException e) {
            throw new HandlerException(e);
        }
    }

    @Override
    public Fixup fixup(DataReference data) throws HandlerException {
        Later later = new Later(bytes.size(), Math.toIntExact(data.getLength()));
        data(data);
        return later;
    }

    @Override
    public long mark() {
        return bytes.size();
    }

    @Override
    public void endElement() {}

    @Override
    public void endDocument() {}

    private static final class Bytes extends ByteArrayOutputStream {
        void put(int position, byte[] data) {
            System.arraycopy(data, 0, buf, position, data.length);
        }
    }

    /** A place that is filled when what comes after it is known, such as a size. */
    private final class Later implements Fixup {
        private int position;
        private int left;
        private boolean closed;

        Later(int position, int length) {
            this.position = position;
            this.left = length;
        }

        @Override
        public void data(DataReference data) throws HandlerException {
            if (closed) {
                return;
            }
            try (InputStream in = data.createInputStream()) {
                byte[] filling = in.readAllBytes();
                if (filling.length > left) {
                    throw new HandlerException("There is room for " + left + " bytes, not for " + filling.length);
                }
                bytes.put(position, filling);
                position += filling.length;
                left -= filling.length;
            } catch (IOException e) {
                throw new HandlerException(e);
            }
        }

        @Override
        public Fixup fixup(DataReference data) throws HandlerException {
            throw new HandlerException("What is filled in later cannot itself be filled in later");
        }

        @Override
        public long mark() {
            return position;
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public boolean isClosed() {
            return closed;
        }
    }
}
