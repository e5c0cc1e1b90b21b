package cloud.haneul.driver.libvirt;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.UUID;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.LibvirtException;
import org.libvirt.StoragePool;
import org.libvirt.StorageVol;

/**
 * What a server wrote to its serial line: a volume of the pool that QEMU, or virtlogd for it, appends to. virtlogd starts a new file
 * at 2 MiB and calls the one before {@code .0}.
 */
final class ConsoleLog {
    private static final String BEFORE = ".0";
    private static final int GENERATIONS = 10;
    private static final long MOST = 16L << 20;

    private final HostConnection connection;
    private final Pool pool;
    private final Domains domains;

    ConsoleLog(HostConnection connection, Pool pool, Domains domains) {
        this.connection = connection;
        this.pool = pool;
        this.domains = domains;
    }

    /** Made before the domain is, so that libvirt knows the volume without searching the folder. */
    void ensure(StoragePool open, UUID server) throws LibvirtException {
        if (pool.find(open, Names.log(server)).isPresent()) {
            return;
        }
        try {
            pool.create(open, Names.log(server), 0);
        } catch (LibvirtException e) {
            // another thread that defines the same server was faster
            if (!Errors.is(e, ErrorNumber.VIR_ERR_STORAGE_VOL_EXIST)) {
                throw e;
            }
        }
    }

    InputStream read(UUID server, long maxBytes) {
        return connection.call("reading the console log", connect -> {
            domains.require(connect, server);
            StoragePool open = pool.open(connect);
            long wanted = Math.min(maxBytes, MOST);
            byte[] now = tail(connect, open, Names.log(server), wanted);
            byte[] before = now.length < wanted
                    ? tail(connect, open, Names.log(server) + BEFORE, wanted - now.length)
                    : new byte[0];
            ByteArrayOutputStream both = new ByteArrayOutputStream(before.length + now.length);
            both.writeBytes(before);
            both.writeBytes(now);
            return new ByteArrayInputStream(both.toByteArray());
        });
    }

    void remove(StoragePool open, UUID server) throws LibvirtException {
        pool.delete(open, Names.log(server));
        for (int i = 0;
                i < GENERATIONS && pool.find(open, Names.log(server) + "." + i).isPresent();
                i++) {
            pool.delete(open, Names.log(server) + "." + i);
        }
    }

    private byte[] tail(HostConnect connect, StoragePool open, String name, long wanted) throws LibvirtException {
        StorageVol volume = pool.find(open, name).orElse(null);
        if (volume == null || wanted <= 0) {
            return new byte[0];
        }
        long size = volume.getInfo().capacity;
        long length = Math.min(size, wanted);
        return length == 0 ? new byte[0] : Transfer.download(connect, volume, size - length, length);
    }
}
