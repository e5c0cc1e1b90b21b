package cloud.haneul.driver.libvirt;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import cloud.haneul.spi.compute.DomainState;
import cloud.haneul.spi.compute.PowerState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.libvirt.Domain;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.LibvirtException;

/** Finds the installation's domains on a host that may carry others' too; those are never shown, changed or removed. */
final class Domains {
    private final String installation;

    Domains(String installation) {
        this.installation = installation;
    }

    /** The server's domain; empty when there is none or it is not ours. */
    Optional<Domain> find(HostConnect connect, UUID server) throws LibvirtException {
        Optional<Domain> any = findAny(connect, server);
        return any.isPresent() && isOurs(any.get()) ? any : Optional.empty();
    }

    Domain require(HostConnect connect, UUID server) throws LibvirtException {
        return find(connect, server)
                .orElseThrow(() ->
                        DriverException.of(Code.NOT_FOUND, "The hypervisor does not have the server " + server + "."));
    }

    /** Whoever made it. */
    Optional<Domain> findAny(HostConnect connect, UUID server) throws LibvirtException {
        try {
            return Optional.of(connect.domainLookupByUUID(server));
        } catch (LibvirtException e) {
            if (Errors.is(e, ErrorNumber.VIR_ERR_NO_DOMAIN)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    boolean isOurs(Domain domain) throws LibvirtException {
        return ServerMark.read(domain).filter(this::isOurs).isPresent();
    }

    boolean isOurs(ServerMark mark) {
        return mark.installation().equals(installation);
    }

    boolean isActive(HostConnect connect, UUID server) throws LibvirtException {
        Optional<Domain> domain = find(connect, server);
        return domain.isPresent() && domain.get().isActive() == 1;
    }

    List<DomainState> all(HostConnect connect) throws LibvirtException {
        List<DomainState> result = new ArrayList<>();
        for (Domain domain : connect.listAllDomains(0)) {
            try {
                if (isOurs(domain)) {
                    result.add(new DomainState(UUID.fromString(domain.getUUIDString()), power(domain)));
                }
            } catch (LibvirtException e) {
                // removed since the list was made
                if (!Errors.is(e, ErrorNumber.VIR_ERR_NO_DOMAIN)) {
                    throw e;
                }
            } finally {
                domain.free();
            }
        }
        return result;
    }

    static PowerState power(Domain domain) throws LibvirtException {
        return switch (domain.getInfo().state) {
            case VIR_DOMAIN_NOSTATE -> PowerState.UNKNOWN;
            // one that is being shut down still runs
            case VIR_DOMAIN_RUNNING, VIR_DOMAIN_BLOCKED, VIR_DOMAIN_SHUTDOWN -> PowerState.RUNNING;
            case VIR_DOMAIN_PAUSED, VIR_DOMAIN_PMSUSPENDED -> PowerState.PAUSED;
            case VIR_DOMAIN_SHUTOFF -> PowerState.SHUT_OFF;
            case VIR_DOMAIN_CRASHED -> PowerState.CRASHED;
        };
    }
}
