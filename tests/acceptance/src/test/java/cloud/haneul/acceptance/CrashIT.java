package cloud.haneul.acceptance;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The {@link CrashDrill} with real domains, disks and networks. */
class CrashIT extends CrashDrill {
    @RegisterExtension
    static final SharedCloud CLOUD = SharedCloud.real();

    /** Disks are named after their servers; what else is in the pool, such as cached images, is none. */
    private static final Pattern DISK = Pattern.compile("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.");

    @Override
    Cloud cloud() {
        return CLOUD.cloud();
    }

    @Override
    List<String> machines() {
        BackEnds backEnds = BackEnds.ofEnvironment();
        return Stream.concat(
                        Remains.ofDomains(backEnds).stream(),
                        Remains.ofDisks(backEnds).stream()
                                .filter(name -> DISK.matcher(name).find()))
                .toList();
    }

    @Override
    boolean isWired(String port) {
        return Remains.inOvn(BackEnds.ofEnvironment()).stream().anyMatch(row -> row.contains(port));
    }
}
