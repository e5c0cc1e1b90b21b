package cloud.haneul.placement;

import static cloud.haneul.placement.Placement.DISK_GB;
import static cloud.haneul.placement.Placement.MEMORY_MB;
import static cloud.haneul.placement.Placement.VCPU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.testing.TestCloud;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("postgresql")
@ExtendWith(TestCloud.class)
class PlacementTest {
    private static final Caller OPERATOR = Caller.inner("test");

    private final Database database;
    private final Placement placement;
    private final PlacementBooks books;
    private final List<UUID> providers = new ArrayList<>();

    PlacementTest(Database database, Placement placement, PlacementBooks books) {
        this.database = database;
        this.placement = placement;
        this.books = books;
    }

    @AfterEach
    void nothingIsLeft() {
        placement.consumers().forEach(placement::release);
        assertThat(placement.books())
                .allSatisfy(of -> assertThat(of.used().values()).containsOnly(0L));
        providers.forEach(placement::removeProvider);
        assertThat(placement.books()).isEmpty();
    }

    @Test
    void candidatesHaveRoomForAllThatIsAskedMostFreeMemoryFirst() {
        UUID small = host("small", 2, 1024);
        UUID large = host("large", 2, 8192);
        host("narrow", 1, 4096);
        assertThat(candidates(2, 512, 10)).containsExactly(large, small);
        assertThat(candidates(3, 1, 10)).isEmpty();
        assertThat(placement.candidates(Map.of("CUSTOM_GPU", 1L), 10)).isEmpty();
        claim(large, Map.of(MEMORY_MB, 7800L));
        assertThat(candidates(2, 128, 10)).containsExactly(small, large);
        placement.ensureProvider(large, "large", Map.of(MEMORY_MB, Stock.of(16_000, 1.0, 0)), Set.of());
        assertThat(candidates(2, 128, 10)).containsExactly(large, small);
        assertThat(placement.candidates(Map.of(VCPU, 2L, MEMORY_MB, 512L), 1))
                .extracting(Placement.Candidate::free)
                .containsExactly(Map.of(VCPU, 2L, MEMORY_MB, 8200L));
    }

    @Test
    void noMoreProvidersAreReadThanTheLimitSays() {
        host("narrow", 1, 8192);
        UUID small = host("small", 2, 1024);
        assertThat(candidates(2, 512, 1)).isEmpty();
        assertThat(candidates(2, 512, 2)).containsExactly(small);
    }

    @Test
    void theEmptiestAreReadAlongTheirIndex() {
        assumeThat(database.isPostgres())
                .as("PostgreSQL chooses by what is in a table, not by its indexes alone")
                .isFalse();
        String plan = database.read(em -> em.createNativeQuery("explain " + Placement.candidatesQuery(2))
                .setParameter(1, 1)
                .setParameter(2, MEMORY_MB)
                .setParameter(3, 512L)
                .setParameter(4, VCPU)
                .setParameter(5, 2L)
                .getSingleResult()
                .toString());
        assertThat(plan).contains("PLACEMENT_INVENTORY_FREE").contains("index sorted");
    }

    private List<UUID> candidates(long vcpus, long memory, int limit) {
        return placement.candidates(Map.of(VCPU, vcpus, MEMORY_MB, memory), limit).stream()
                .map(Placement.Candidate::provider)
                .toList();
    }

    @Test
    void oneAllocationIsNeverLargerThanTheHostItselfHoweverManyAreAllowed() {
        UUID host = Ids.newId();
        providers.add(host);
        placement.ensureProvider(host, "ratio", Map.of(VCPU, Stock.of(4, 16.0, 0)), Set.of());
        assertThat(placement.candidates(Map.of(VCPU, 5L), 10)).isEmpty();
        assertThat(claim(host, Map.of(VCPU, 5L))).isFalse();
        for (int i = 0; i < 16; i++) {
            assertThat(claim(host, Map.of(VCPU, 4L))).isTrue();
        }
        assertThat(claim(host, Map.of(VCPU, 1L))).isFalse();
    }

    @Test
    void aClaimTakesEverythingOrNothing() {
        UUID host = host("half", 4, 1024);
        assertThat(claim(host, Map.of(MEMORY_MB, 512L, VCPU, 9L))).isFalse();
        assertThat(used(host)).containsEntry(MEMORY_MB, 0L).containsEntry(VCPU, 0L);
        assertThat(placement.consumers()).isEmpty();
    }

    @Test
    void claimingAgainWhatIsHeldTakesNoMore() {
        UUID host = host("again", 4, 1024);
        UUID server = Ids.newId();
        assertThat(placement.claim(server, host, Map.of(VCPU, 3L), "p", "u")).isTrue();
        assertThat(placement.claim(server, host, Map.of(VCPU, 3L), "p", "u")).isTrue();
        assertThat(used(host)).containsEntry(VCPU, 3L);
        placement.release(server);
        placement.release(server);
        assertThat(used(host)).containsEntry(VCPU, 0L);
        assertThat(placement.allocations(server)).isEmpty();
    }

    /** A controller that dies between a claim and its note chooses anew when it is back, perhaps another host. */
    @Test
    void claimingElsewhereGivesBackWhatWasHeld() {
        UUID first = host("first", 4, 1024);
        UUID second = host("second", 4, 1024);
        UUID server = Ids.newId();
        assertThat(placement.claim(server, first, Map.of(VCPU, 3L), "p", "u")).isTrue();
        assertThat(placement.claim(server, second, Map.of(VCPU, 9L), "p", "u")).isFalse();
        assertThat(used(first)).containsEntry(VCPU, 3L);
        assertThat(placement.claim(server, second, Map.of(VCPU, 3L), "p", "u")).isTrue();
        assertThat(used(first)).containsEntry(VCPU, 0L);
        assertThat(used(second)).containsEntry(VCPU, 3L);
        assertThat(placement.allocations(server)).hasSize(1);
    }

    @Test
    void parallelClaimsNeverTakeMoreThanThereIs() throws Exception {
        UUID host = host("rush", 10, 100_000);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> claims = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                claims.add(threads.submit(() -> claim(host, Map.of(VCPU, 1L, MEMORY_MB, 1L))));
            }
            int made = 0;
            for (Future<Boolean> claim : claims) {
                made += claim.get() ? 1 : 0;
            }
            assertThat(made).isEqualTo(10);
            assertThat(used(host)).containsEntry(VCPU, 10L).containsEntry(MEMORY_MB, 10L);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aProviderThatIsRenewedKeepsWhatIsHeldAndOneInUseStays() {
        UUID host = host("before", 4, 1024);
        claim(host, Map.of(VCPU, 3L));
        placement.ensureProvider(host, "after", Map.of(VCPU, Stock.of(2, 1.0, 0)), Set.of("HW_CPU_X86_VMX"));
        Provider renewed = books.provider(OPERATOR, host);
        assertThat(renewed.name()).isEqualTo("after");
        assertThat(renewed.traits()).containsExactly("HW_CPU_X86_VMX");
        assertThat(used(host)).containsEntry(VCPU, 3L);
        assertThat(placement.candidates(Map.of(VCPU, 1L), 10)).isEmpty();
        assertThatThrownBy(() -> placement.removeProvider(host))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.CONFLICT));
    }

    @Test
    void theBooksAreForAdministratorsAndServices() {
        UUID host = host("shut", 1, 512);
        assertThat(books.providers(OPERATOR, Optional.of("shut"), Optional.empty()))
                .extracting(Provider::id)
                .containsExactly(host);
        assertThat(books.providers(OPERATOR, Optional.empty(), Optional.of(Ids.newId())))
                .isEmpty();
        Caller member = new Caller(
                "u",
                "u",
                "default",
                "Default",
                Optional.of("p"),
                Optional.of("p"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Set.of("member", "reader"),
                "req-1",
                Optional.empty(),
                Locale.ENGLISH,
                "");
        for (ThrowingCallable asked : List.<ThrowingCallable>of(
                () -> books.providers(member, Optional.empty(), Optional.empty()),
                () -> books.provider(member, host),
                () -> books.inventories(member, host),
                () -> books.allocationsOf(member, host),
                () -> books.allocations(member, host))) {
            assertThatThrownBy(asked).isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.kind())
                    .isEqualTo(Fault.Kind.FORBIDDEN));
        }
    }

    private UUID host(String name, long cpus, long memoryMib) {
        UUID id = Ids.newId();
        providers.add(id);
        placement.ensureProvider(
                id,
                name,
                Map.of(
                        VCPU, Stock.of(cpus, 1.0, 0),
                        MEMORY_MB, Stock.of(memoryMib, 1.0, 0),
                        DISK_GB, Stock.of(100, 1.0, 0)),
                Set.of());
        return id;
    }

    private boolean claim(UUID host, Map<String, Long> amounts) {
        return placement.claim(Ids.newId(), host, amounts, "p", "u");
    }

    private Map<String, Long> used(UUID host) {
        return placement.books().stream()
                .filter(of -> of.provider().equals(host))
                .findFirst()
                .orElseThrow()
                .used();
    }
}
