package cloud.haneul.driver.libvirt;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.LibvirtException;
import org.libvirt.StoragePool;
import org.libvirt.StoragePoolInfo.StoragePoolState;
import org.libvirt.StorageVol;

/**
 * The installation's directory pool on the host: disks, cached images and console logs as volumes in one folder. Made when first
 * needed, started when found stopped; never removed, for it may hold the only copy of a disk.
 */
final class Pool {
    private static final String BEACON = "haneul-";
    private static final String BEACON_END = ".id";
    private static final String RAW = "raw";

    private final Settings settings;
    private volatile boolean folderChecked;

    Pool(Settings settings) {
        this.settings = settings;
    }

    String path(String volume) {
        return settings.poolPath() + "/" + volume;
    }

    /** The running pool. */
    StoragePool open(HostConnect connect) throws LibvirtException {
        StoragePool pool = find(connect).orElse(null);
        if (pool == null) {
            pool = make(connect);
        }
        if (pool.getInfo().state != StoragePoolState.VIR_STORAGE_POOL_RUNNING) {
            start(pool);
        }
        if (!folderChecked) {
            checkFolder(pool);
            folderChecked = true;
        }
        return pool;
    }

    /**
     * Whether the controller sees the pool's folder at the same path. Known by a file with a random name that is made through
     * libvirt: a folder of the same name on another machine, or in another mount namespace, does not have it.
     */
    boolean isShared(HostConnect connect) throws LibvirtException {
        StoragePool pool = open(connect);
        Optional<String> beacon = names(connect).stream()
                .filter(name -> name.startsWith(BEACON) && name.endsWith(BEACON_END))
                .findFirst();
        if (beacon.isPresent()) {
            return Files.exists(Path.of(path(beacon.get())));
        }
        String made = BEACON + UUID.randomUUID() + BEACON_END;
        create(pool, made, 0);
        return Files.exists(Path.of(path(made)));
    }

    Optional<StorageVol> find(StoragePool pool, String name) throws LibvirtException {
        try {
            return Optional.of(pool.storageVolLookupByName(name));
        } catch (LibvirtException e) {
            if (Errors.is(e, ErrorNumber.VIR_ERR_NO_STORAGE_VOL)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Of all volumes. */
    List<String> names(HostConnect connect) throws LibvirtException {
        open(connect);
        return VolumeNames.in(connect, settings.poolName());
    }

    /** A sparse file. */
    StorageVol create(StoragePool pool, String name, long bytes) throws LibvirtException {
        String xml = Xml.write(out -> out.element(
                "volume",
                volume -> volume.text("name", name)
                        .text("capacity", Long.toString(bytes), "unit", "bytes")
                        .text("allocation", "0")
                        .element("target", target -> target.empty("format", "type", RAW)),
                "type",
                "file"));
        return pool.storageVolCreateXML(xml, 0);
    }

    /** A copy-on-write disk over a backing file of the pool. */
    StorageVol createOverlay(StoragePool pool, String name, long bytes, String backing, String backingFormat)
            throws LibvirtException {
        String xml = Xml.write(out -> out.element(
                "volume",
                volume -> volume.text("name", name)
                        .text("capacity", Long.toString(bytes), "unit", "bytes")
                        .element("target", target -> target.empty("format", "type", "qcow2"))
                        .element("backingStore", store -> store.text("path", path(backing))
                                .empty("format", "type", backingFormat)),
                "type",
                "file"));
        return pool.storageVolCreateXML(xml, 0);
    }

    void delete(StoragePool pool, String name) throws LibvirtException {
        StorageVol volume = find(pool, name).orElse(null);
        if (volume == null) {
            return;
        }
        try {
            volume.delete(0);
        } catch (LibvirtException e) {
            // removed by another hand between the two calls
            if (!Errors.is(e, ErrorNumber.VIR_ERR_NO_STORAGE_VOL)
                    && !String.valueOf(e.getMessage()).contains("No such file")) {
                throw e;
            }
        }
    }

    private Optional<StoragePool> find(HostConnect connect) throws LibvirtException {
        try {
            return Optional.of(connect.storagePoolLookupByName(settings.poolName()));
        } catch (LibvirtException e) {
            if (Errors.is(e, ErrorNumber.VIR_ERR_NO_STORAGE_POOL)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private StoragePool make(HostConnect connect) throws LibvirtException {
        String xml = Xml.write(out -> out.element(
                "pool",
                pool -> pool.text("name", settings.poolName())
                        .element("target", target -> target.text("path", settings.poolPath())
                                .element("permissions", permissions -> permissions.text("mode", "0711"))),
                "type",
                "dir"));
        try {
            StoragePool pool = connect.storagePoolDefineXML(xml, 0);
            pool.setAutostart(1);
            return pool;
        } catch (LibvirtException e) {
            // another thread or controller was faster, or the folder belongs to a pool of another name
            return find(connect)
                    .orElseThrow(() -> new DriverException(
                            Code.CONFLICT,
                            "The hypervisor's storage pool could not be made.",
                            "pool " + settings.poolName() + " at " + settings.poolPath() + ": " + e.getMessage(),
                            e));
        }
    }

    private void checkFolder(StoragePool pool) throws LibvirtException {
        String found = XmlView.of(pool.getXMLDesc(0)).text("target", "path").orElse("");
        if (!found.equals(settings.poolPath())) {
            throw new DriverException(
                    Code.CONFLICT,
                    "The hypervisor's storage pool lies elsewhere than configured.",
                    "pool " + settings.poolName() + " is at " + found + ", the property pool-path says "
                            + settings.poolPath()
                            + ". Change the property back, or move the folder and redefine the pool.",
                    null);
        }
    }

    private void start(StoragePool pool) throws LibvirtException {
        try {
            pool.build(0);
            pool.create(0);
        } catch (LibvirtException e) {
            // started by another thread meanwhile
            if (pool.getInfo().state != StoragePoolState.VIR_STORAGE_POOL_RUNNING) {
                throw e;
            }
        }
    }
}
