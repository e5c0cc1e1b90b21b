package cloud.haneul.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.identity.Endpoints.EndpointChange;
import cloud.haneul.identity.Endpoints.EndpointFilter;
import cloud.haneul.identity.Regions.RegionChange;
import cloud.haneul.identity.Services.ServiceChange;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.With;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
class CatalogTest {
    private static final String BASE = "https://cloud.example.org";
    private static final ServiceChange NO_CHANGE =
            new ServiceChange(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    private final Catalog catalog;
    private final Services services;
    private final Endpoints endpoints;
    private final Regions regions;
    private final TestCloud cloud;
    private final Caller admin = Caller.inner("test");

    CatalogTest(Catalog catalog, Services services, Endpoints endpoints, Regions regions, TestCloud cloud) {
        this.catalog = catalog;
        this.services = services;
        this.endpoints = endpoints;
        this.regions = regions;
        this.cloud = cloud;
    }

    private static EndpointChange url(Optional<String> url, Optional<String> region) {
        return new EndpointChange(Optional.empty(), Optional.empty(), region, url, Optional.empty(), Map.of());
    }

    private Optional<Catalog.Offer> offer(String type, Optional<String> project) {
        return catalog.offers(project, "u1", BASE).stream()
                .filter(o -> o.type().equals(type))
                .findFirst();
    }

    @Test
    void ownServicesAreOfferedWhereTheClientCameIn() {
        Catalog.Offer identity = offer("identity", Optional.empty()).orElseThrow();
        assertThat(identity.name()).isEqualTo("keystone");
        assertThat(identity.addresses())
                .extracting(Catalog.Address::face)
                .containsExactly("admin", "internal", "public");
        assertThat(identity.addresses()).allSatisfy(address -> {
            assertThat(address.url()).isEqualTo(BASE + "/identity");
            assertThat(address.region()).contains("RegionOne");
        });
    }

    @Test
    void anAddressWithinAProjectIsFilledInOrLeftOut() {
        Service service = services.create(admin, "volumev3", NO_CHANGE);
        endpoints.create(
                admin,
                service.id(),
                "public",
                "http://volume:8776/v3/%(project_id)s",
                url(Optional.empty(), Optional.of("Elsewhere")));
        Catalog.Address address =
                offer("volumev3", Optional.of("p1")).orElseThrow().addresses().get(0);
        assertThat(address.url()).isEqualTo("http://volume:8776/v3/p1");
        assertThat(address.region()).contains("Elsewhere");
        assertThat(regions.get(admin, "Elsewhere")).isNotNull();
        assertThat(offer("volumev3", Optional.empty())).isEmpty();
        services.delete(admin, service.id());
        assertThat(offer("volumev3", Optional.of("p1"))).isEmpty();
        assertThat(endpoints.list(
                        admin, new EndpointFilter(Optional.of(service.id()), Optional.empty(), Optional.empty())))
                .isEmpty();
    }

    @Test
    void whatTheAdministratorChangedStaysAtTheNextStart(CatalogSync sync) {
        Endpoint endpoint =
                endpoints
                        .list(admin, new EndpointFilter(Optional.empty(), Optional.of("public"), Optional.empty()))
                        .stream()
                        .filter(e -> e.url().equals("/identity"))
                        .findFirst()
                        .orElseThrow();
        endpoints.update(admin, endpoint.id(), url(Optional.of("https://id.example.org/identity"), Optional.empty()));
        sync.synchronise();
        assertThat(offer("identity", Optional.empty()).orElseThrow().addresses())
                .filteredOn(a -> a.face().equals("public"))
                .extracting(Catalog.Address::url)
                .containsExactly("https://id.example.org/identity");
        endpoints.delete(admin, endpoint.id());
        sync.synchronise();
        assertThat(endpoints.get(admin, endpoint.id()).url()).isEqualTo("/identity");
    }

    @Test
    void theCatalogueNeedsNoQuery() {
        offer("identity", Optional.empty());
        long least = IntStream.range(0, 20)
                .mapToLong(i -> {
                    long before = cloud.statements();
                    offer("identity", Optional.empty());
                    return cloud.statements() - before;
                })
                .min()
                .orElseThrow();
        assertThat(least).isZero();
    }

    @Test
    void badAddressesAreRefused() {
        Service service = services.create(admin, "test", NO_CHANGE);
        for (String bad : List.of("javascript:alert(1)", "ftp://x", "nonsense", "http://a b", "http://\"x")) {
            assertThatThrownBy(() -> endpoints.create(
                            admin, service.id(), "public", bad, url(Optional.empty(), Optional.empty())))
                    .isInstanceOfSatisfying(
                            Fault.class, fault -> assertThat(fault.field()).contains("url"));
        }
        assertThatThrownBy(() -> endpoints.create(
                        admin, service.id(), "private", "http://x", url(Optional.empty(), Optional.empty())))
                .isInstanceOf(Fault.class);
        services.delete(admin, service.id());
    }

    @Test
    void aRegionWithSomethingInItStays() {
        RegionChange plain = new RegionChange(Optional.empty(), Optional.empty(), Map.of());
        regions.create(admin, Optional.of("upper"), plain);
        regions.create(admin, Optional.of("lower"), new RegionChange(Optional.of("upper"), Optional.empty(), Map.of()));
        assertThatThrownBy(() -> regions.delete(admin, "upper")).isInstanceOf(Fault.class);
        assertThatThrownBy(() -> regions.delete(admin, "RegionOne")).isInstanceOf(Fault.class);
        assertThatThrownBy(() -> regions.create(admin, Optional.of("upper"), plain))
                .isInstanceOf(Fault.class);
        assertThatThrownBy(() -> regions.update(
                        admin, "upper", new RegionChange(Optional.of("lower"), Optional.empty(), Map.of())))
                .isInstanceOf(Fault.class);
        assertThat(regions.list(admin, Optional.of("upper")))
                .extracting(Region::id)
                .containsExactly("lower");
        regions.delete(admin, "lower");
        regions.delete(admin, "upper");
    }
}
