package cloud.haneul.identity;

import cloud.haneul.kernel.Fault;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * What a SAML provider says of itself.
 *
 * @param entityId its name
 * @param signOn where browsers go with our requests, by redirection
 * @param keys by one of which it signs
 * @param until when this must not be believed any more
 */
record SamlMetadata(String entityId, URI signOn, List<PublicKey> keys, Optional<Instant> until) {
    static final int MOST_BYTES = 1 << 18;

    private static final String FIELD = "metadata";
    private static final String REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";

    SamlMetadata {
        keys = List.copyOf(keys);
    }

    /**
     * @param entityId which one, when it describes several
     * @throws Fault BAD_REQUEST when it does not describe that provider, or one with which we can do nothing
     */
    static SamlMetadata of(String xml, Optional<String> entityId) {
        Element entity = entity(parsed(xml).getDocumentElement(), entityId);
        Element provider = provider(entity);
        String signOn = SamlXml.children(provider, SamlXml.METADATA, "SingleSignOnService").stream()
                .filter(service -> service.getAttribute("Binding").equals(REDIRECT))
                .map(service -> service.getAttribute("Location"))
                .findFirst()
                .orElseThrow(() -> no("has no single sign-on by HTTP-Redirect"));
        List<PublicKey> keys = keys(provider);
        if (keys.isEmpty()) {
            throw no("has no certificate for signatures");
        }
        return new SamlMetadata(
                entity.getAttribute("entityID"), SamlClient.requireSafe(FIELD, signOn), keys, until(entity));
    }

    private static Document parsed(String xml) {
        try {
            return SamlXml.parsed(xml.strip().getBytes(StandardCharsets.UTF_8));
        } catch (SAXException e) {
            throw Fault.badRequest(FIELD, "The metadata is not well-formed XML without a document type.")
                    .cause(e);
        }
    }

    private static Element entity(Element root, Optional<String> entityId) {
        List<Element> all = SamlXml.is(root, SamlXml.METADATA, "EntityDescriptor")
                ? List.of(root)
                : SamlXml.below(root, SamlXml.METADATA, "EntityDescriptor");
        List<Element> fitting = all.stream()
                .filter(entity -> !SamlXml.children(entity, SamlXml.METADATA, "IDPSSODescriptor")
                        .isEmpty())
                .filter(entity ->
                        entityId.isEmpty() || entity.getAttribute("entityID").equals(entityId.get()))
                .toList();
        if (fitting.size() != 1 || fitting.get(0).getAttribute("entityID").isEmpty()) {
            throw no("describes " + fitting.size() + " identity providers "
                    + entityId.map(id -> "called " + id).orElse("and provider says not which"));
        }
        return fitting.get(0);
    }

    private static Element provider(Element entity) {
        return SamlXml.children(entity, SamlXml.METADATA, "IDPSSODescriptor").stream()
                .filter(one -> List.of(
                                one.getAttribute("protocolSupportEnumeration").split("\\s+"))
                        .contains(SamlXml.PROTOCOL))
                .findFirst()
                .orElseThrow(() -> no("is not of SAML 2.0"));
    }

    private static List<PublicKey> keys(Element provider) {
        List<PublicKey> keys = new ArrayList<>();
        for (Element descriptor : SamlXml.children(provider, SamlXml.METADATA, "KeyDescriptor")) {
            if (!descriptor.getAttribute("use").equals("encryption")) {
                for (Element certificate : SamlXml.below(descriptor, SamlXml.SIGNATURE, "X509Certificate")) {
                    try {
                        keys.add(SamlKeys.publicKey(certificate.getTextContent()));
                    } catch (CertificateException e) {
                        throw no("has a certificate that is none").cause(e);
                    }
                }
            }
        }
        return keys;
    }

    private static Optional<Instant> until(Element entity) {
        Element root = entity.getOwnerDocument().getDocumentElement();
        return SamlXml.attribute(entity, "validUntil")
                .or(() -> SamlXml.attribute(root, "validUntil"))
                .map(text -> SamlTime.parsed(text).orElseThrow(() -> no("has a validUntil that is no time")));
    }

    private static Fault no(String why) {
        return Fault.badRequest(FIELD, "The metadata " + why + ".");
    }
}
