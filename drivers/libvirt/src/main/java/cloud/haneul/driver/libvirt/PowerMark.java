package cloud.haneul.driver.libvirt;

import cloud.haneul.spi.compute.PowerAction;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.libvirt.Domain;
import org.libvirt.Domain.MetadataType;
import org.libvirt.Domain.ModificationImpact;
import org.libvirt.LibvirtException;

/**
 * A power request as remembered in the domain's metadata, so that any controller can carry it on and nobody carries it out twice.
 *
 * @param run libvirt's number of the run that was asked to end, {@link #WAS_OFF} when there was none: another number later says that the domain
 *     was started anew
 * @param sent when the guest was last told
 */
record PowerMark(UUID attempt, PowerAction action, int run, Instant asked, Instant deadline, Instant sent) {
    static final int WAS_OFF = -1;

    private static final String NAMESPACE = "https://haneul.cloud/xmlns/libvirt/power/1";
    private static final String KEY = "haneul-power";

    static Optional<PowerMark> read(Domain domain, UUID attempt, PowerAction action) throws LibvirtException {
        return ServerMark.metadata(domain, NAMESPACE)
                .map(PowerMark::of)
                .filter(mark -> mark.attempt.equals(attempt) && mark.action == action);
    }

    /** Kept in the running domain and in its definition: it has to outlast the moment in which the domain is off. */
    void write(Domain domain) throws LibvirtException {
        String xml = Xml.write(out -> out.empty(
                "request",
                "attempt",
                attempt.toString(),
                "action",
                action.name(),
                "run",
                Integer.toString(run),
                "asked",
                asked.toString(),
                "deadline",
                deadline.toString(),
                "sent",
                sent.toString()));
        int impact = domain.isActive() == 1
                ? ModificationImpact.LIVE | ModificationImpact.CONFIG
                : ModificationImpact.CONFIG;
        domain.setMetadata(MetadataType.ELEMENT, xml, KEY, NAMESPACE, impact);
    }

    PowerMark sentAgain(Instant now) {
        return new PowerMark(attempt, action, run, asked, deadline, now);
    }

    private static PowerMark of(XmlView xml) {
        return new PowerMark(
                UUID.fromString(value(xml, "attempt")),
                PowerAction.valueOf(value(xml, "action")),
                Integer.parseInt(value(xml, "run")),
                Instant.parse(value(xml, "asked")),
                Instant.parse(value(xml, "deadline")),
                Instant.parse(value(xml, "sent")));
    }

    private static String value(XmlView xml, String name) {
        return xml.attribute(name)
                .orElseThrow(() -> new IllegalStateException("The power request in the metadata lacks " + name));
    }
}
