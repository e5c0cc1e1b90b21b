package cloud.haneul.network;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.network.PortRequest.Fixed;
import cloud.haneul.network.Subnet.Pool;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives addresses to ports. The row (subnet, address) is the allocation, and its key is what keeps two requests from one
 * address; a hint that moves on with each try keeps parallel requests from wanting the same one. An address is free again when
 * its port's row is gone, which is when the back end is clean.
 */
@Component
class Addresses {
    static final int MAX_PER_PORT = 9;
    private static final int GUESSES = 8;
    private static final int WINDOW = 256;

    private final Database database;
    private final Map<UUID, AtomicLong> hints = new ConcurrentHashMap<>();

    @Inject
    Addresses(Database database) {
        this.database = database;
    }

    /**
     * Gives a port, whose row is in the database, its addresses.
     *
     * @param wanted empty for the usual: one IPv4 and one IPv6 address, and all that guests make themselves
     */
    List<Address> assign(EntityManager em, Port port, List<Subnet> subnets, Optional<List<Fixed>> wanted) {
        return wanted.isPresent()
                ? assignWanted(em, port, subnets, wanted.get(), List.of())
                : assignUsual(em, port, subnets);
    }

    /** Brings a port to exactly the wanted addresses; those it has and keeps are not let go in between. */
    List<Address> change(EntityManager em, Port port, List<Address> had, List<Subnet> subnets, List<Fixed> wanted) {
        List<Address> kept = new ArrayList<>();
        List<Fixed> missing = new ArrayList<>();
        for (Fixed fixed : wanted) {
            Optional<String> ip = fixed.ip().flatMap(Ip::parse).map(Ip::toString);
            Optional<Address> same = had.stream()
                    .filter(a -> !kept.contains(a))
                    .filter(a -> fixed.subnetId().map(a.subnetId()::equals).orElse(true))
                    .filter(a -> ip.isPresent()
                            ? ip.get().equals(a.ip())
                            : fixed.ip().isEmpty())
                    .findFirst();
            same.ifPresentOrElse(kept::add, () -> missing.add(fixed));
        }
        for (Address address : had) {
            if (!kept.contains(address)) {
                em.createQuery("delete from Address a where a.subnetId = :s and a.ip = :ip")
                        .setParameter("s", address.subnetId())
                        .setParameter("ip", address.ip())
                        .executeUpdate();
            }
        }
        return assignWanted(em, port, subnets, missing, kept);
    }

    private List<Address> assignUsual(EntityManager em, Port port, List<Subnet> subnets) {
        List<Address> result = new ArrayList<>();
        for (int version : new int[] {4, 6}) {
            List<Subnet> choice = subnets.stream()
                    .filter(s -> s.ipVersion() == version && !s.isSelfAddressed())
                    .toList();
            if (!choice.isEmpty()) {
                Address address = null;
                for (int i = 0; i < choice.size() && address == null; i++) {
                    address = any(em, choice.get(i), port, result.size()).orElse(null);
                }
                if (address == null) {
                    throw Fault.conflict("No more IP addresses available on network " + port.networkId() + ".")
                            .type("IpAddressGenerationFailure");
                }
                result.add(address);
            }
        }
        for (Subnet subnet : subnets) {
            if (subnet.isSelfAddressed() && !port.deviceOwner().equals(Port.METADATA)) {
                result.add(self(em, subnet, port, result.size()));
            }
        }
        return result;
    }

    private List<Address> assignWanted(
            EntityManager em, Port port, List<Subnet> subnets, List<Fixed> wanted, List<Address> kept) {
        if (wanted.size() + kept.size() > MAX_PER_PORT) {
            throw invalid("Exceeded maximum amount of fixed ips per port.");
        }
        List<Address> result = new ArrayList<>(kept);
        for (Fixed fixed : wanted) {
            Optional<Ip> ip = fixed.ip().map(text -> Ip.parse(text)
                    .orElseThrow(() -> Fault.badRequest(
                            "fixed_ips",
                            "Invalid input for fixed_ips. Reason: '" + text + "' is not a valid IP address.")));
            Subnet subnet = subnetFor(port, subnets, fixed, ip);
            if (ip.isPresent()) {
                Cidr cidr = Cidr.parse(subnet.cidr()).orElseThrow();
                if (!cidr.isHost(ip.get())) {
                    throw Fault.badRequest(
                                    "fixed_ips",
                                    "IP address " + ip.get() + " is not a valid IP for the specified subnet.")
                            .type("InvalidIpForSubnet");
                }
                if (!take(em, subnet, ip.get(), port, result.size())) {
                    throw Fault.conflict("IP address " + ip.get() + " already allocated in subnet " + subnet.id())
                            .type("IpAddressAlreadyAllocated");
                }
                result.add(new Address(subnet.id(), ip.get().toString(), port.id(), result.size()));
            } else if (subnet.isSelfAddressed()) {
                result.add(self(em, subnet, port, result.size()));
            } else {
                result.add(any(em, subnet, port, result.size()).orElseThrow(() -> Fault.conflict(
                                "No more IP addresses available on network " + port.networkId() + ".")
                        .type("IpAddressGenerationFailure")));
            }
        }
        return result;
    }

    private static Subnet subnetFor(Port port, List<Subnet> subnets, Fixed fixed, Optional<Ip> ip) {
        if (fixed.subnetId().isPresent()) {
            UUID id = fixed.subnetId().get();
            return subnets.stream()
                    .filter(s -> s.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> invalid("Failed to create port on network " + port.networkId()
                            + ", because fixed_ips included invalid subnet " + id));
        }
        if (ip.isEmpty()) {
            throw invalid("IP allocation requires subnet_id or ip_address");
        }
        return subnets.stream()
                .filter(s -> Cidr.parse(s.cidr()).orElseThrow().contains(ip.get()))
                .findFirst()
                .orElseThrow(() -> Fault.badRequest(
                                "fixed_ips",
                                "IP address " + ip.get()
                                        + " is not a valid IP for any of the subnets on the specified network.")
                        .type("InvalidIpForNetwork"));
    }

    private Address self(EntityManager em, Subnet subnet, Port port, int position) {
        Ip ip = Macs.selfAddress(Cidr.parse(subnet.cidr()).orElseThrow(), port.mac());
        if (!take(em, subnet, ip, port, position)) {
            throw Fault.conflict("IP address " + ip + " already allocated in subnet " + subnet.id())
                    .type("IpAddressAlreadyAllocated");
        }
        return new Address(subnet.id(), ip.toString(), port.id(), position);
    }

    /** Any free address of the pools; empty when there is none. */
    private Optional<Address> any(EntityManager em, Subnet subnet, Port port, int position) {
        List<Ip[]> pools = new ArrayList<>();
        BigInteger sum = BigInteger.ZERO;
        for (Pool pool : subnet.pools()) {
            Ip start = Ip.parse(pool.start()).orElseThrow();
            Ip end = Ip.parse(pool.end()).orElseThrow();
            pools.add(new Ip[] {start, end});
            sum = sum.add(end.value().subtract(start.value()).add(BigInteger.ONE));
        }
        long total = sum.min(BigInteger.valueOf(Integer.MAX_VALUE)).longValue();
        if (total == 0) {
            return Optional.empty();
        }
        AtomicLong hint = hints.computeIfAbsent(subnet.id(), id -> new AtomicLong());
        for (int i = 0; i < GUESSES; i++) {
            Ip ip = at(pools, Math.floorMod(hint.getAndIncrement(), total));
            if (take(em, subnet, ip, port, position)) {
                return Optional.of(new Address(subnet.id(), ip.toString(), port.id(), position));
            }
        }
        return search(em, subnet, port, position, pools, total, hint);
    }

    private Optional<Address> search(
            EntityManager em, Subnet subnet, Port port, int position, List<Ip[]> pools, long total, AtomicLong hint) {
        long from = Math.floorMod(hint.get(), total);
        for (long seen = 0; seen < total; seen += WINDOW) {
            List<String> window = new ArrayList<>();
            for (long i = seen; i < Math.min(total, seen + WINDOW); i++) {
                window.add(at(pools, (from + i) % total).toString());
            }
            Set<String> taken = new HashSet<>(
                    em.createQuery("select a.ip from Address a where a.subnetId = :s and a.ip in :ips", String.class)
                            .setParameter("s", subnet.id())
                            .setParameter("ips", window)
                            .getResultList());
            for (int i = 0; i < window.size(); i++) {
                String ip = window.get(i);
                if (!taken.contains(ip) && take(em, subnet, Ip.parse(ip).orElseThrow(), port, position)) {
                    hint.set(from + seen + i + 1);
                    return Optional.of(new Address(subnet.id(), ip, port.id(), position));
                }
            }
        }
        return Optional.empty();
    }

    private static Ip at(List<Ip[]> pools, long index) {
        BigInteger rest = BigInteger.valueOf(index);
        for (Ip[] pool : pools) {
            BigInteger size = pool[1].value().subtract(pool[0].value()).add(BigInteger.ONE);
            if (rest.compareTo(size) < 0) {
                return new Ip(pool[0].version(), pool[0].value().add(rest));
            }
            rest = rest.subtract(size);
        }
        throw new IllegalArgumentException("Beyond the pools");
    }

    private boolean take(EntityManager em, Subnet subnet, Ip ip, Port port, int position) {
        return Rows.insert(
                em,
                database.isPostgres(),
                "insert into network_address (subnet_id, ip, port_id, position) values (?, ?, ?, ?)",
                subnet.id(),
                ip.toString(),
                port.id(),
                position);
    }

    private static Fault invalid(String text) {
        return Fault.badRequest("fixed_ips", "Invalid input for operation: " + text)
                .type("InvalidInput");
    }
}
