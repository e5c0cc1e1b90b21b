package cloud.haneul.driver.libvirt;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.libvirt.LibvirtException;
import org.libvirt.StoragePool;
import org.libvirt.StorageVol;

/**
 * Uploads whose controller died. They cannot be told from running uploads of another controller but by their age: one that runs
 * writes all the time. An hour forgives clocks that differ.
 */
final class AbandonedUploads {
    private static final Duration AGE = Duration.ofHours(1);

    private AbandonedUploads() {}

    static void remove(Pool pool, HostConnect connect, String prefix, String voucher) throws LibvirtException {
        StoragePool open = pool.open(connect);
        Set<String> names = new HashSet<>(pool.names(connect));
        for (String name : names) {
            if (name.startsWith(prefix)
                    && !name.endsWith(voucher)
                    && !names.contains(name + voucher)
                    && isOld(pool, open, name)) {
                pool.delete(open, name);
            }
        }
    }

    private static boolean isOld(Pool pool, StoragePool open, String name) throws LibvirtException {
        StorageVol volume = pool.find(open, name).orElse(null);
        if (volume == null) {
            return false;
        }
        return XmlView.of(volume.getXMLDesc(0))
                .text("target", "timestamps", "mtime")
                .map(AbandonedUploads::seconds)
                .filter(written -> written.plus(AGE).isBefore(Instant.now()))
                .isPresent();
    }

    private static Instant seconds(String mtime) {
        int point = mtime.indexOf('.');
        return Instant.ofEpochSecond(Long.parseLong(point < 0 ? mtime : mtime.substring(0, point)));
    }
}
