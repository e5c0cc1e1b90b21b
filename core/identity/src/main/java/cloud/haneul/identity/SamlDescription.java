package cloud.haneul.identity;

import java.util.List;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What this cloud says of itself to a SAML provider: the metadata that the provider's administrator takes over. */
final class SamlDescription {
    private SamlDescription() {}

    /**
     * @param consumer our address for responses by browsers
     * @param enhanced that for responses by enhanced clients
     */
    static String of(SamlClient client, String consumer, String enhanced) {
        Document document = SamlXml.empty();
        Element entity = document.createElementNS(SamlXml.METADATA, "md:EntityDescriptor");
        document.appendChild(entity);
        entity.setAttribute("entityID", client.entityId());
        Element us = add(entity, "SPSSODescriptor");
        us.setAttribute("AuthnRequestsSigned", "true");
        us.setAttribute("WantAssertionsSigned", "true");
        us.setAttribute("protocolSupportEnumeration", SamlXml.PROTOCOL);
        key(us, client, "signing");
        Element encryption = key(us, client, "encryption");
        for (String algorithm : SamlDecryption.algorithms()) {
            add(encryption, "EncryptionMethod").setAttribute("Algorithm", algorithm);
        }
        client.nameIdFormat().ifPresent(format -> add(us, "NameIDFormat").setTextContent(format));
        consumer(us, 0, SamlRequests.POST, consumer);
        consumer(us, 1, SamlRequests.PAOS, enhanced);
        attributes(us, client);
        return SamlXml.text(document);
    }

    private static Element key(Element us, SamlClient client, String use) {
        Element key = add(us, "KeyDescriptor");
        key.setAttribute("use", use);
        Element info = SamlRequests.append(key, SamlXml.SIGNATURE, "ds:KeyInfo");
        Element data = SamlRequests.append(info, SamlXml.SIGNATURE, "ds:X509Data");
        SamlRequests.append(data, SamlXml.SIGNATURE, "ds:X509Certificate").setTextContent(client.certificate());
        return key;
    }

    private static void consumer(Element us, int index, String binding, String address) {
        Element service = add(us, "AssertionConsumerService");
        service.setAttribute("index", Integer.toString(index));
        service.setAttribute("isDefault", Boolean.toString(index == 0));
        service.setAttribute("Binding", binding);
        service.setAttribute("Location", address);
    }

    private static void attributes(Element us, SamlClient client) {
        List<String> wanted = client.attributes().keySet().stream().sorted().toList();
        if (wanted.isEmpty()) {
            return;
        }
        Element service = add(us, "AttributeConsumingService");
        service.setAttribute("index", "0");
        Element name = add(service, "ServiceName");
        name.setAttribute("xml:lang", "en");
        name.setTextContent("Haneul");
        for (String attribute : wanted) {
            Element one = add(service, "RequestedAttribute");
            one.setAttribute("Name", attribute);
            one.setAttribute(
                    "NameFormat",
                    "urn:oasis:names:tc:SAML:2.0:attrname-format:" + (attribute.startsWith("urn:") ? "uri" : "basic"));
        }
    }

    private static Element add(Element parent, String name) {
        return SamlRequests.append(parent, SamlXml.METADATA, "md:" + name);
    }
}
