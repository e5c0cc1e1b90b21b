package cloud.haneul.driver.libvirt;

import java.util.Optional;
import org.libvirt.Domain;
import org.libvirt.Domain.MetadataType;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.LibvirtException;

/**
 * What a domain's metadata says about it: whose it is, and a digest of the specification it was defined from. For people at the
 * host also the project and the user's name for the server.
 */
record ServerMark(String installation, String specification) {
    static final String NAMESPACE = "https://haneul.cloud/xmlns/libvirt/server/1";

    static Optional<ServerMark> read(Domain domain) throws LibvirtException {
        return metadata(domain, NAMESPACE)
                .map(xml -> new ServerMark(
                        xml.attribute("installation").orElse(""),
                        xml.attribute("specification").orElse("")));
    }

    void write(Xml xml, String project, String displayName) {
        xml.element(
                "haneul:server",
                server -> server.text("haneul:project", project).text("haneul:name", displayName),
                "xmlns:haneul",
                NAMESPACE,
                "installation",
                installation,
                "specification",
                specification);
    }

    static Optional<XmlView> metadata(Domain domain, String namespace) throws LibvirtException {
        try {
            return Optional.of(XmlView.of(domain.getMetadata(MetadataType.ELEMENT, namespace, 0)));
        } catch (LibvirtException e) {
            if (Errors.is(e, ErrorNumber.VIR_ERR_NO_DOMAIN_METADATA)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
