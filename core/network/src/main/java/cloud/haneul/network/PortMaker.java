package cloud.haneul.network;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.quota.Quotas;
import cloud.haneul.network.PortRequest.Fixed;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Makes, changes and ends port rows with all that hangs on them: quota, addresses, groups, floating IPs, wiring. Knows no
 * callers; whoever calls has asked whether it may be.
 */
@Component
class PortMaker {
    private final Quotas quotas;
    private final Addresses addresses;
    private final DefaultGroups defaultGroups;
    private final Changes changes;
    private final Clock clock;

    @Inject
    PortMaker(Quotas quotas, Addresses addresses, DefaultGroups defaultGroups, Changes changes, Clock clock) {
        this.quotas = quotas;
        this.addresses = addresses;
        this.defaultGroups = defaultGroups;
        this.changes = changes;
        this.clock = clock;
    }

    UUID defaultGroup(EntityManager em, String project) {
        return defaultGroups.ensure(em, project);
    }

    /** @param project empty text for ports that count for nobody, such as gateways */
    Port make(EntityManager em, String project, Network network, PortRequest asked, List<UUID> groups) {
        if (!project.isEmpty()) {
            quotas.reserve(project, Map.of("port", 1L));
        }
        String mac = asked.mac().orElseGet(() -> freeMac(em, network.id()));
        asked.mac().ifPresent(given -> requireFreeMac(em, network.id(), given));
        Port port = new Port(Ids.newId(), project, network, asked, mac, clock.instant());
        em.persist(port);
        em.flush();
        List<Address> given = addresses.assign(em, port, Finder.subnets(em, network.id()), asked.fixedIps());
        groups.forEach(group -> em.persist(new PortGroup(port.id(), group)));
        em.flush();
        port.with(network, given, groups);
        changes.wire(port);
        changes.shown(port);
        return port;
    }

    List<Address> readdress(EntityManager em, Port port, List<Fixed> wanted) {
        List<Address> after =
                addresses.change(em, port, port.addresses(), Finder.subnets(em, port.networkId()), wanted);
        Set<String> ips = new HashSet<>(after.stream().map(Address::ip).toList());
        for (FloatingIp floating : floatingOn(em, port.id())) {
            if (!ips.contains(floating.fixedIp().orElse(""))) {
                release(em, floating);
            }
        }
        return after;
    }

    void regroup(EntityManager em, Port port, List<UUID> groups) {
        em.createQuery("delete from PortGroup g where g.portId = :p")
                .setParameter("p", port.id())
                .executeUpdate();
        groups.stream().distinct().forEach(group -> em.persist(new PortGroup(port.id(), group)));
    }

    /** Ends a port: at once for users; its row and addresses go when the back end is clean. */
    void end(EntityManager em, Port port) {
        floatingOn(em, port.id()).forEach(floating -> release(em, floating));
        em.createQuery("delete from PortGroup g where g.portId = :p")
                .setParameter("p", port.id())
                .executeUpdate();
        changes.shown(port);
        port.beginDeleting(clock.instant());
        if (!port.projectId().isEmpty()) {
            quotas.release(port.projectId(), Map.of("port", 1L));
        }
        changes.wire(port);
    }

    void wireWithRouter(EntityManager em, Port port) {
        changes.wire(port);
        if (port.deviceOwner().startsWith("network:router")) {
            Ids.parse(port.deviceId()).map(id -> em.find(Router.class, id)).ifPresent(this::rewire);
        }
        floatingOn(em, port.id())
                .forEach(floating ->
                        floating.routerId().map(id -> em.find(Router.class, id)).ifPresent(this::rewire));
    }

    private void rewire(Router router) {
        router.touch(clock.instant());
        changes.wire(router);
    }

    private static List<FloatingIp> floatingOn(EntityManager em, UUID port) {
        return em.createQuery("select f from FloatingIp f where f.fixedPortId = :p", FloatingIp.class)
                .setParameter("p", port)
                .getResultList();
    }

    private void release(EntityManager em, FloatingIp floating) {
        floating.routerId().map(id -> em.find(Router.class, id)).ifPresent(this::rewire);
        floating.disassociate(clock.instant());
        changes.seen("floatingip", floating, "updated");
    }

    void requireFreeMac(EntityManager em, UUID network, String mac) {
        if (macTaken(em, network, mac)) {
            throw Fault.conflict("Unable to complete operation for network " + network + ". The mac address " + mac
                            + " is in use.")
                    .type("MacAddressInUse");
        }
    }

    private static String freeMac(EntityManager em, UUID network) {
        String mac = Macs.generate();
        while (macTaken(em, network, mac)) {
            mac = Macs.generate();
        }
        return mac;
    }

    private static boolean macTaken(EntityManager em, UUID network, String mac) {
        return em.createQuery("select count(p) from Port p where p.networkId = :n and p.mac = :m", Long.class)
                        .setParameter("n", network)
                        .setParameter("m", mac)
                        .getSingleResult()
                > 0;
    }

    /** The list of one wanted address; empty when nothing is said of it. */
    static Optional<List<Fixed>> one(Optional<UUID> subnet, Optional<String> ip) {
        return subnet.isEmpty() && ip.isEmpty() ? Optional.empty() : Optional.of(List.of(new Fixed(subnet, ip)));
    }
}
