package cloud.haneul.driver.libvirt;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import cloud.haneul.spi.compute.ImageSource;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.libvirt.LibvirtException;
import org.libvirt.StoragePool;

/** One image on its way to the host, on a connection of its own. It is hashed while it streams, and removed when it is not what it says. */
final class ImageUpload {
    private final HostConnection connection;
    private final Pool pool;
    private final ImageSource image;
    private final String volume;
    private final AtomicLong sent = new AtomicLong();

    ImageUpload(HostConnection connection, Pool pool, ImageSource image, String volume) {
        this.connection = connection;
        this.pool = pool;
        this.image = image;
        this.volume = volume;
    }

    int percent() {
        return image.size() == 0 ? 0 : (int) Math.min(100, sent.get() * 100 / image.size());
    }

    /** @param voucher what to add to the volume's name for the empty volume that says that it is whole */
    void run(String voucher) {
        HostConnect connect = connection.open();
        try {
            StoragePool open = pool.open(connect);
            refuseWhenFull(open);
            boolean whole = false;
            try {
                copy(connect, open);
                pool.create(open, volume + voucher, 0);
                whole = true;
            } finally {
                if (!whole) {
                    discard();
                }
            }
        } catch (LibvirtException e) {
            throw Errors.calling("storing the image", e, false);
        } finally {
            HostConnection.closeQuietly(connect);
        }
    }

    private void refuseWhenFull(StoragePool open) throws LibvirtException {
        long available = open.getInfo().available;
        if (available < image.size()) {
            throw new DriverException(
                    Code.DISK_FULL,
                    "The hypervisor's storage has no room for the image.",
                    "pool " + open.getName() + " has " + available + " bytes left, the image needs " + image.size(),
                    null);
        }
    }

    private void copy(HostConnect connect, StoragePool open) throws LibvirtException {
        MessageDigest digest = sha512();
        try (InputStream in = image.open();
                Transfer.Upload out = Transfer.upload(connect, pool.create(open, volume, image.size()), image.size())) {
            byte[] chunk = new byte[Transfer.CHUNK];
            for (int count = in.readNBytes(chunk, 0, chunk.length);
                    count > 0;
                    count = in.readNBytes(chunk, 0, chunk.length)) {
                if (sent.get() == 0) {
                    ImageHeader.check(image.format(), chunk, count);
                }
                if (sent.get() + count > image.size()) {
                    throw mismatch("it is longer than " + image.size() + " bytes");
                }
                digest.update(chunk, 0, count);
                out.write(chunk, count);
                sent.addAndGet(count);
            }
            if (sent.get() != image.size()) {
                throw mismatch("it ended after " + sent + " of " + image.size() + " bytes");
            }
            out.finish();
        } catch (IOException e) {
            throw new DriverException(
                    Code.BUSY,
                    "The image could not be read from the image service; it will be tried again.",
                    e.toString(),
                    e);
        }
        String found = HexFormat.of().formatHex(digest.digest());
        if (!found.equals(image.sha512())) {
            throw mismatch("its SHA-512 is " + found);
        }
    }

    private DriverException mismatch(String why) {
        return new DriverException(
                Code.INVALID, "The image's content does not match its hash.", "image " + image.id() + ": " + why, null);
    }

    private void discard() {
        try {
            connection.act("removing an incomplete image", c -> pool.delete(pool.open(c), volume));
        } catch (DriverException ignored) {
            // left for AbandonedUploads; the failure that brought us here is the one to be told
        }
    }

    private static MessageDigest sha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
