package cloud.haneul.network;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The port from which a tenant network's guests get DHCP and metadata: one for each network with an IPv4 subnet that has DHCP,
 * with an address in each such subnet. Comes and goes with them, in the transactions that change them.
 */
@Component
class MetadataPorts {
    private final Addresses addresses;
    private final Clock clock;

    @Inject
    MetadataPorts(Addresses addresses, Clock clock) {
        this.addresses = addresses;
        this.clock = clock;
    }

    /** Brings the port to what the network's subnets are now; the network's row is locked. */
    void follow(EntityManager em, Network network) {
        List<Subnet> served = Finder.subnets(em, network.id()).stream()
                .filter(s -> s.ipVersion() == 4 && s.enableDhcp())
                .toList();
        if (served.isEmpty() || network.external()) {
            remove(em, network.id());
            return;
        }
        Port port = find(em, network.id()).orElseGet(() -> {
            Port made = new Port(
                    Ids.newId(),
                    "",
                    network,
                    PortRequest.of(
                            network.id(),
                            "",
                            "metadata-" + network.id(),
                            Port.METADATA,
                            Optional.empty(),
                            Optional.empty()),
                    Macs.generate(),
                    clock.instant());
            em.persist(made);
            em.flush();
            return made;
        });
        List<Address> has = Finder.addresses(em, List.of(port.id())).getOrDefault(port.id(), List.of());
        has.stream()
                .filter(a -> served.stream().noneMatch(s -> s.id().equals(a.subnetId())))
                .forEach(a -> free(em, a));
        for (Subnet subnet : served) {
            if (has.stream().noneMatch(a -> a.subnetId().equals(subnet.id()))) {
                PortRequest.Fixed fixed = new PortRequest.Fixed(Optional.of(subnet.id()), Optional.empty());
                try {
                    addresses.assign(em, port, List.of(subnet), Optional.of(List.of(fixed)));
                } catch (Fault full) {
                    // a subnet may be too small for a metadata service; its guests have the config drive
                    continue;
                }
            }
        }
        port.touch(clock.instant());
    }

    static Optional<Port> find(EntityManager em, UUID network) {
        return em.createQuery("select p from Port p where p.networkId = :n and p.deviceOwner = :o", Port.class)
                .setParameter("n", network)
                .setParameter("o", Port.METADATA)
                .getResultStream()
                .findFirst();
    }

    static void remove(EntityManager em, UUID network) {
        find(em, network).ifPresent(port -> {
            em.createQuery("delete from Address a where a.portId = :p")
                    .setParameter("p", port.id())
                    .executeUpdate();
            em.remove(port);
            em.flush();
        });
    }

    private static void free(EntityManager em, Address address) {
        em.createQuery("delete from Address a where a.subnetId = :s and a.ip = :ip")
                .setParameter("s", address.subnetId())
                .setParameter("ip", address.ip())
                .executeUpdate();
    }
}
