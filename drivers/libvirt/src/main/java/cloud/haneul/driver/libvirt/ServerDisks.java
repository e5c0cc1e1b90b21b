package cloud.haneul.driver.libvirt;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import cloud.haneul.spi.Progress;
import cloud.haneul.spi.compute.ConfigDrive;
import cloud.haneul.spi.compute.DiskPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.libvirt.LibvirtException;
import org.libvirt.StoragePool;
import org.libvirt.StorageVol;

/**
 * The disks of servers: a root disk that is a copy-on-write overlay of a cached image, and a config drive. A root disk is never
 * made anew once it is whole, since it holds what the user wrote.
 */
final class ServerDisks {
    private static final long GIB = 1L << 30;
    private static final long SECTOR = 512;
    private static final Duration POLL = Duration.ofMillis(500);

    private final HostConnection connection;
    private final Pool pool;
    private final ImageCache images;
    private final Domains domains;

    ServerDisks(HostConnection connection, Pool pool, ImageCache images, Domains domains) {
        this.connection = connection;
        this.pool = pool;
        this.images = images;
        this.domains = domains;
    }

    Progress prepare(DiskPlan plan) {
        long bytes = size(plan);
        int percent = images.ensure(plan.image());
        if (percent < 100) {
            return Progress.inProgress(percent, POLL);
        }
        // libvirt runs a program for an overlay; the config drive is there before that has ended
        connection.actBoth(
                "preparing the server's disks",
                connect -> ensureRoot(connect, pool.open(connect), plan, bytes),
                connect -> configDrive(connect, pool.open(connect), plan));
        return Progress.DONE;
    }

    private void configDrive(HostConnect connect, StoragePool open, DiskPlan plan) throws LibvirtException {
        if (plan.configDrive().isPresent()) {
            ensureConfigDrive(connect, open, plan.server(), plan.configDrive().get());
        } else if (pool.find(open, Names.configDrive(plan.server())).isPresent()) {
            refuseWhenRunning(connect, plan.server());
            pool.delete(open, Names.configDrive(plan.server()));
        }
    }

    void remove(UUID server) {
        connection.act("removing the server's disks", connect -> {
            refuseWhenRunning(connect, server);
            StoragePool open = pool.open(connect);
            pool.delete(open, Names.root(server));
            pool.delete(open, Names.configDrive(server));
        });
    }

    List<UUID> servers() {
        return connection.call("listing disks", connect -> pool.names(connect).stream()
                .map(Names::serverOfDisk)
                .flatMap(Optional::stream)
                .distinct()
                .toList());
    }

    private static long size(DiskPlan plan) {
        long virtual = plan.image().virtualSize() > 0
                ? plan.image().virtualSize()
                : plan.image().size();
        long wanted = plan.rootGib() == 0 ? virtual : plan.rootGib() * GIB;
        if (wanted < virtual) {
            throw DriverException.of(
                    Code.INVALID,
                    "A root disk of " + plan.rootGib() + " GiB is too small for the image, which needs "
                            + (virtual + GIB - 1) / GIB + " GiB. Choose a larger flavor.");
        }
        return (wanted + SECTOR - 1) / SECTOR * SECTOR;
    }

    private void ensureRoot(HostConnect connect, StoragePool open, DiskPlan plan, long bytes) throws LibvirtException {
        String name = Names.root(plan.server());
        StorageVol existing = pool.find(open, name).orElse(null);
        if (existing != null) {
            XmlView found = XmlView.of(existing.getXMLDesc(0));
            Optional<String> image = found.text("backingStore", "path")
                    .map(path -> Path.of(path).getFileName().toString())
                    .flatMap(ImageCache::sha512);
            if (image.isPresent()) {
                refuseOther(plan, bytes, found, image.get());
                return;
            }
            // libvirtd died while it made the file: there was never a guest on it
            pool.delete(open, name);
        }
        String backing = images.find(connect, plan.image().sha512())
                .orElseThrow(() ->
                        DriverException.of(Code.BUSY, "The image vanished from the host; it will be fetched again."));
        pool.createOverlay(open, name, bytes, backing, plan.image().format());
    }

    private static void refuseOther(DiskPlan plan, long bytes, XmlView found, String image) {
        long capacity = found.text("capacity").map(Long::parseLong).orElse(0L);
        if (!image.equals(plan.image().sha512()) || capacity != bytes) {
            throw new DriverException(
                    Code.CONFLICT,
                    "The server already has a root disk from another image or of another size.",
                    Names.root(plan.server()) + " has " + capacity + " bytes over image " + image,
                    null);
        }
    }

    private void ensureConfigDrive(HostConnect connect, StoragePool open, UUID server, ConfigDrive drive)
            throws LibvirtException {
        String name = Names.configDrive(server);
        StorageVol existing = pool.find(open, name).orElse(null);
        if (existing != null) {
            // one byte more than wanted, so that a longer file is seen as different
            byte[] found = Transfer.download(connect, existing, 0, drive.iso().length + 1L);
            if (Arrays.equals(found, drive.iso())) {
                return;
            }
            refuseWhenRunning(connect, server);
            pool.delete(open, name);
        }
        StorageVol volume = pool.create(open, name, drive.iso().length);
        try (Transfer.Upload upload = Transfer.upload(connect, volume, drive.iso().length)) {
            for (int from = 0; from < drive.iso().length; from += Transfer.CHUNK) {
                byte[] chunk =
                        Arrays.copyOfRange(drive.iso(), from, Math.min(drive.iso().length, from + Transfer.CHUNK));
                upload.write(chunk, chunk.length);
            }
            upload.finish();
        }
    }

    private void refuseWhenRunning(HostConnect connect, UUID server) throws LibvirtException {
        if (domains.isActive(connect, server)) {
            throw DriverException.of(Code.CONFLICT, "The server is running; its disks cannot be changed.");
        }
    }
}
