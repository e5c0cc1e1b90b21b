package cloud.haneul.driver.libvirt;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import cloud.haneul.spi.compute.ImageSource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.libvirt.LibvirtException;

/**
 * Images on the host, by hash. libvirt cannot rename a volume, so an image is uploaded under a name of its own
 * ({@code image-HASH.RANDOM}), checked while it streams, and then vouched for by an empty volume beside it ({@code ...ready}).
 * Only vouched-for images are used: a controller that dies midway leaves an upload that nobody believes, and two controllers that
 * fetch the same image each finish theirs. Within one driver all callers wait for the same upload.
 */
final class ImageCache {
    private static final String PREFIX = "image-";
    private static final String READY = ".ready";
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final HostConnection connection;
    private final Pool pool;
    private final ExecutorService executor;
    private final Map<String, Running> running = new ConcurrentHashMap<>();

    ImageCache(HostConnection connection, Pool pool, ExecutorService executor) {
        this.connection = connection;
        this.pool = pool;
        this.executor = executor;
    }

    /** The volume that holds the image, when it is there and whole. */
    Optional<String> find(HostConnect connect, String sha512) throws LibvirtException {
        String prefix = PREFIX + sha512 + ".";
        return pool.names(connect).stream()
                .filter(name -> name.startsWith(prefix) && name.endsWith(READY))
                .map(name -> name.substring(0, name.length() - READY.length()))
                .sorted()
                .findFirst();
    }

    static Optional<String> sha512(String volume) {
        int end = volume.indexOf('.');
        return volume.startsWith(PREFIX) && end > 0
                ? Optional.of(volume.substring(PREFIX.length(), end))
                : Optional.empty();
    }

    /**
     * Makes sure that the image is on the host; waits a little.
     *
     * @return percent done so far; 100 when it is there
     */
    int ensure(ImageSource image) {
        ImageHeader.checkFormat(image.format());
        if (!image.sha512().matches("[0-9a-f]{128}")) {
            throw DriverException.of(Code.INVALID, "The image has no SHA-512 hash.");
        }
        Running mine = running.get(image.sha512());
        if (mine == null) {
            if (connection
                    .call("looking for the image", c -> find(c, image.sha512()))
                    .isPresent()) {
                return 100;
            }
            mine = running.computeIfAbsent(image.sha512(), hash -> start(image));
        }
        return await(image.sha512(), mine);
    }

    private Running start(ImageSource image) {
        ImageUpload upload = new ImageUpload(
                connection,
                pool,
                image,
                PREFIX + image.sha512() + "." + UUID.randomUUID().toString().substring(0, 8));
        return new Running(upload, executor.submit(() -> {
            // another caller may have finished it between our look and our start
            if (connection
                    .call("looking for the image", c -> find(c, image.sha512()))
                    .isEmpty()) {
                connection.act("clearing abandoned uploads", c -> AbandonedUploads.remove(pool, c, PREFIX, READY));
                upload.run(READY);
            }
            return true;
        }));
    }

    private int await(String sha512, Running mine) {
        try {
            mine.done.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            running.remove(sha512, mine);
            return 100;
        } catch (TimeoutException e) {
            return Math.min(99, mine.upload.percent());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DriverException(Code.INTERRUPTED, "Waiting for the image was interrupted.", "", e);
        } catch (ExecutionException e) {
            running.remove(sha512, mine);
            if (e.getCause() instanceof DriverException failure) {
                throw failure;
            }
            throw new DriverException(
                    Code.INTERNAL, "The image could not be brought to the host.", String.valueOf(e.getCause()), e);
        }
    }

    private record Running(ImageUpload upload, Future<Boolean> done) {}
}
