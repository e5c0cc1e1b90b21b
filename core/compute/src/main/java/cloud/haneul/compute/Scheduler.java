package cloud.haneul.compute;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.data.Batches;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.placement.Placement;
import cloud.haneul.placement.Placement.Books;
import cloud.haneul.placement.Placement.Candidate;
import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Chooses the host of a server: placement names those with room, filters drop those that will not do, the emptiest of the rest
 * are tried in random order until one claim succeeds. When none is left, the answer says of every host why.
 */
@Component
public class Scheduler {
    /** Candidates looked at before the long way is gone: enough that dropped ones hardly ever matter. */
    private static final int FIRST_LOOK = 64;
    /** Claims are spread over this many of the emptiest hosts, so that parallel creations do not queue for one row. */
    private static final int SPREAD = 8;

    private final Database database;
    private final Placement placement;
    private final Clock clock;
    private final Random random = new Random();
    private volatile Snapshot snapshot = new Snapshot(Map.of(), Instant.EPOCH);

    @Inject
    Scheduler(Database database, Placement placement, Clock clock) {
        this.database = database;
        this.placement = placement;
        this.clock = clock;
    }

    /**
     * What a server needs of a host.
     *
     * @param amounts by placement's resource classes
     * @param tried hosts that have failed already
     * @param imageProperties of which {@code hw_architecture} and {@code img_hv_type} choose hosts
     */
    public record Request(
            UUID server,
            String projectId,
            String userId,
            Map<String, Long> amounts,
            String zone,
            String host,
            Set<UUID> tried,
            Map<String, String> imageProperties) {}

    private record Snapshot(Map<UUID, Host> hosts, Instant taken) {}

    /**
     * Claims room for a server on a host.
     *
     * @throws DriverException NO_CAPACITY with an explanation, filter by filter, when no host will do
     */
    public Host place(Request request) {
        // a quick look at the best with hosts as of a second ago; only when that finds none, all of them as they are
        // now
        List<Candidate> best = placement.candidates(request.amounts(), FIRST_LOOK);
        return claim(request, best, hosts(best))
                .or(() -> claim(request, placement.candidates(request.amounts(), Integer.MAX_VALUE), fresh()))
                .orElseThrow(() -> noHost(request));
    }

    private Optional<Host> claim(Request request, List<Candidate> candidates, Map<UUID, Host> hosts) {
        List<Host> fit = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Host host = hosts.get(candidate.provider());
            if (host != null && HostFilter.ALL.stream().allMatch(filter -> filter.accepts(host, request))) {
                fit.add(host);
            }
        }
        for (int from = 0; from < fit.size(); from += SPREAD) {
            List<Host> next = new ArrayList<>(fit.subList(from, Math.min(fit.size(), from + SPREAD)));
            Collections.shuffle(next, random);
            for (Host host : next) {
                if (placement.claim(
                        request.server(), host.id(), request.amounts(), request.projectId(), request.userId())) {
                    return Optional.of(host);
                }
            }
        }
        return Optional.empty();
    }

    /** One line for each reason, with how many hosts it took out; the order is that of the filters. */
    private DriverException noHost(Request request) {
        Map<UUID, Books> books = placement.books().stream().collect(Collectors.toMap(Books::provider, b -> b));
        Map<String, Integer> dropped = new LinkedHashMap<>();
        List<String> byHost = new ArrayList<>();
        Map<UUID, Host> hosts = fresh();
        for (Host host : hosts.values()) {
            String reason = reason(host, books.get(host.id()), request);
            dropped.merge(reason, 1, Integer::sum);
            if (byHost.size() < 200) {
                byHost.add(host.name() + ": " + reason);
            }
        }
        String why = hosts.isEmpty()
                ? "The cloud has no hosts yet: an administrator adds one under Admin > Hosts."
                : "Of " + hosts.size() + (hosts.size() == 1 ? " host, " : " hosts, ")
                        + dropped.entrySet().stream()
                                .map(e -> e.getValue() + " " + e.getKey())
                                .collect(Collectors.joining("; "))
                        + ".";
        return new DriverException(
                Code.NO_CAPACITY, "No valid host was found. " + why, String.join("\n", byHost), null);
    }

    private static String reason(Host host, Books books, Request request) {
        for (HostFilter filter : HostFilter.ALL) {
            if (!filter.accepts(host, request)) {
                return filter.why(request);
            }
        }
        for (Map.Entry<String, Long> need : request.amounts().entrySet()) {
            long free = books == null ? 0 : books.free(need.getKey());
            if (free < need.getValue()) {
                return "without enough " + words(need.getKey()) + " (" + need.getValue() + " needed)";
            }
        }
        return "taken by other servers meanwhile";
    }

    private static String words(String resourceClass) {
        return switch (resourceClass) {
            case Placement.VCPU -> "vCPUs";
            case Placement.MEMORY_MB -> "memory in MiB";
            case Placement.DISK_GB -> "disk in GiB";
            default -> resourceClass;
        };
    }

    /** The candidates' hosts as of at most a second ago: a storm of creations reads each of them once. */
    private Map<UUID, Host> hosts(List<Candidate> candidates) {
        Instant now = clock.instant();
        Snapshot known =
                snapshot.taken().plus(Duration.ofSeconds(1)).isBefore(now) ? new Snapshot(Map.of(), now) : snapshot;
        List<UUID> unknown = candidates.stream()
                .map(Candidate::provider)
                .filter(id -> !known.hosts().containsKey(id))
                .toList();
        if (unknown.isEmpty()) {
            return known.hosts();
        }
        Map<UUID, Host> all = new HashMap<>(known.hosts());
        database.read(em -> Batches.read(
                        unknown, ids -> em.createQuery("select h from Host h where h.id in :ids", Host.class)
                                .setParameter("ids", ids)
                                .getResultList()))
                .forEach(host -> all.put(host.id(), host));
        snapshot = new Snapshot(all, known.taken());
        return all;
    }

    private Map<UUID, Host> fresh() {
        return database.read(em -> em.createQuery("select h from Host h order by h.name", Host.class)
                .getResultStream()
                .collect(Collectors.toMap(Host::id, h -> h, (a, b) -> a, LinkedHashMap::new)));
    }
}
