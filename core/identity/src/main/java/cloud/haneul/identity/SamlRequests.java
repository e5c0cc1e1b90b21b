package cloud.haneul.identity;

import cloud.haneul.kernel.Ids;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Writes our requests to SAML providers, and signs them. */
final class SamlRequests {
    static final String POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
    static final String PAOS = "urn:oasis:names:tc:SAML:2.0:bindings:PAOS";
    static final String ECP = "urn:oasis:names:tc:SAML:2.0:profiles:SSO:ecp";

    private static final String PAOS_HEADERS = "urn:liberty:paos:2003-08";
    private static final String NEXT = "http://schemas.xmlsoap.org/soap/actor/next";

    private SamlRequests() {}

    /** Guessed by nobody; an XML ID begins with no digit. */
    static String newId() {
        return "_" + Ids.newSecret(24);
    }

    /** @param destination where it goes; empty when the client decides */
    static Element request(
            SamlClient client, String id, Instant now, Optional<URI> destination, String consumer, String binding) {
        Document document = SamlXml.empty();
        Element request = document.createElementNS(SamlXml.PROTOCOL, "samlp:AuthnRequest");
        document.appendChild(request);
        request.setAttribute("ID", id);
        request.setAttribute("Version", "2.0");
        request.setAttribute("IssueInstant", now.truncatedTo(ChronoUnit.SECONDS).toString());
        destination.ifPresent(uri -> request.setAttribute("Destination", uri.toString()));
        request.setAttribute("ProtocolBinding", binding);
        request.setAttribute("AssertionConsumerServiceURL", consumer);
        Element issuer = append(request, SamlXml.ASSERTION, "saml:Issuer");
        issuer.setTextContent(client.entityId());
        client.nameIdFormat().ifPresent(format -> {
            Element policy = append(request, SamlXml.PROTOCOL, "samlp:NameIDPolicy");
            policy.setAttribute("Format", format);
            policy.setAttribute("AllowCreate", "true");
        });
        return request;
    }

    /** The address that carries the request to the provider, signed as a whole. */
    static URI redirection(URI provider, Element request, String relayState, PrivateKey key) {
        String query = "SAMLRequest=" + encoded(deflated(SamlXml.text(request))) + "&RelayState=" + encoded(relayState)
                + "&SigAlg=" + encoded(SamlSignatures.RSA_SHA256);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(query.getBytes(StandardCharsets.US_ASCII));
            String signed = query + "&Signature=" + encoded(Base64.getEncoder().encodeToString(signature.sign()));
            return URI.create(provider + (provider.getRawQuery() == null ? "?" : "&") + signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot sign with our own key", e);
        }
    }

    /** The request as an enhanced client takes it to its provider itself, with what it must bring back. */
    static String envelope(SamlClient client, Element request, String consumer, String relayState, PrivateKey key) {
        Element signed = SamlXml.settled(request);
        SamlSignatures.sign(signed, key);
        Document document = SamlXml.empty();
        Element envelope = document.createElementNS(SamlXml.SOAP, "S:Envelope");
        document.appendChild(envelope);
        Element header = append(envelope, SamlXml.SOAP, "S:Header");
        Element paos = block(header, PAOS_HEADERS, "paos:Request");
        paos.setAttribute("responseConsumerURL", consumer);
        paos.setAttribute("service", ECP);
        Element ecp = block(header, ECP, "ecp:Request");
        ecp.setAttribute("IsPassive", "0");
        append(ecp, SamlXml.ASSERTION, "saml:Issuer").setTextContent(client.entityId());
        block(header, ECP, "ecp:RelayState").setTextContent(relayState);
        append(envelope, SamlXml.SOAP, "S:Body").appendChild(document.importNode(signed, true));
        return SamlXml.text(document);
    }

    private static Element block(Element header, String namespace, String name) {
        Element block = append(header, namespace, name);
        block.setAttributeNS(SamlXml.SOAP, "S:mustUnderstand", "1");
        block.setAttributeNS(SamlXml.SOAP, "S:actor", NEXT);
        return block;
    }

    static Element append(Element parent, String namespace, String name) {
        return (Element) parent.appendChild(parent.getOwnerDocument().createElementNS(namespace, name));
    }

    private static String deflated(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("Cannot write into memory", e);
        } finally {
            deflater.end();
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
