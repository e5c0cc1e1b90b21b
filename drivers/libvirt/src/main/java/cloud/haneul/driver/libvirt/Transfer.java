package cloud.haneul.driver.libvirt;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.libvirt.Connect;
import org.libvirt.LibvirtException;
import org.libvirt.StorageVol;
import org.libvirt.Stream;

/** Moves bytes into and out of volumes through libvirt's own connection, so that nothing else need be open on the host. */
final class Transfer {
    /** What libvirt's own tools use: the most that every version takes in one message. */
    static final int CHUNK = 262_120;

    private Transfer() {}

    /** Opens a volume to be written from its start. */
    static Upload upload(Connect connect, StorageVol volume, long bytes) throws LibvirtException {
        Stream stream = connect.streamNew(0);
        volume.upload(stream, 0, bytes, 0);
        return new Upload(stream);
    }

    static byte[] download(Connect connect, StorageVol volume, long offset, long bytes) throws LibvirtException {
        Stream stream = connect.streamNew(0);
        boolean complete = false;
        try {
            volume.download(stream, offset, bytes, 0);
            ByteArrayOutputStream result = new ByteArrayOutputStream();
            byte[] chunk = new byte[CHUNK];
            for (int count = stream.receive(chunk); count > 0; count = stream.receive(chunk)) {
                result.write(chunk, 0, count);
            }
            stream.finish();
            complete = true;
            return result.toByteArray();
        } finally {
            end(stream, complete);
        }
    }

    private static void end(Stream stream, boolean complete) throws LibvirtException {
        if (!complete) {
            try {
                stream.abort();
            } catch (LibvirtException ignored) {
                // the failure that brought us here is the one to be told
            }
        }
        stream.free();
    }

    /** A volume being written. Unless {@link #finish} is called, closing gives the transfer up. */
    static final class Upload implements AutoCloseable {
        private final Stream stream;
        private boolean finished;

        private Upload(Stream stream) {
            this.stream = stream;
        }

        void write(byte[] bytes, int length) throws LibvirtException {
            int sent = 0;
            while (sent < length) {
                sent += stream.send(
                        sent == 0 && length == bytes.length ? bytes : Arrays.copyOfRange(bytes, sent, length));
            }
        }

        void finish() throws LibvirtException {
            stream.finish();
            finished = true;
        }

        @Override
        public void close() throws LibvirtException {
            end(stream, finished);
        }
    }
}
