package cloud.haneul.identity;

import cloud.haneul.kernel.Fault;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.crypto.dsig.XMLSignatureException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * Finds what a SAML response says that its provider signed. A signature counts for the element that it is a child of and that
 * it is made over; that element is copied out of the message, and only the copy is read on.
 */
final class SamlResponses {
    private static final String SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success";

    private final SamlMetadata provider;
    private final PrivateKey key;
    private final String consumer;

    /**
     * @param key ours, for what is encrypted
     * @param consumer our address for responses
     */
    SamlResponses(SamlMetadata provider, PrivateKey key, String consumer) {
        this.provider = provider;
        this.key = key;
        this.consumer = consumer;
    }

    /**
     * The one assertion in it, standing alone.
     *
     * @param request the ID of the request that must be answered
     * @throws Fault UNAUTHORIZED when it is not that, not whole, not signed by the provider or not for us; whoever sent it is
     *     not told which
     */
    Element assertion(Document message, String request) {
        try {
            SamlXml.requireValid(message);
            Element response = message.getDocumentElement();
            if (!SamlXml.is(response, SamlXml.PROTOCOL, "Response")) {
                throw refused("is none: " + response.getNodeName());
            }
            boolean signed = isSigned(response);
            Element read = SamlXml.alone(response);
            requireFitting(read, request);
            return signed ? within(read, true) : within(response, false);
        } catch (SAXException | XMLSignatureException e) {
            throw refused("is not taken: " + e.getMessage()).cause(e);
        }
    }

    private void requireFitting(Element response, String request) {
        if (!response.getAttribute("Version").equals("2.0")) {
            throw refused("is of version " + response.getAttribute("Version"));
        }
        SamlXml.attribute(response, "Destination")
                .filter(destination -> !destination.equals(consumer))
                .ifPresent(destination -> {
                    throw refused("is for " + destination);
                });
        if (!response.getAttribute("InResponseTo").equals(request)) {
            throw refused("answers no request of this browser");
        }
        SamlXml.child(response, SamlXml.ASSERTION, "Issuer")
                .map(issuer -> issuer.getTextContent().strip())
                .filter(issuer -> !issuer.equals(provider.entityId()))
                .ifPresent(issuer -> {
                    throw refused("is from " + issuer);
                });
        Optional<Element> status = SamlXml.child(response, SamlXml.PROTOCOL, "Status");
        String code = status.flatMap(one -> SamlXml.child(one, SamlXml.PROTOCOL, "StatusCode"))
                .map(one -> one.getAttribute("Value"))
                .orElse("");
        if (!code.equals(SUCCESS)) {
            throw refused("says " + SamlXml.text(status.orElse(response)));
        }
    }

    private Element within(Element response, boolean signed) throws SAXException, XMLSignatureException {
        List<Element> found = new ArrayList<>(SamlXml.children(response, SamlXml.ASSERTION, "Assertion"));
        for (Element encrypted : SamlXml.children(response, SamlXml.ASSERTION, "EncryptedAssertion")) {
            found.add(opened(encrypted));
        }
        if (found.size() != 1) {
            throw refused("has " + found.size() + " assertions");
        }
        Element assertion = found.get(0);
        if (!isSigned(assertion) && !signed) {
            throw refused("is signed neither itself nor in its assertion");
        }
        return SamlXml.alone(assertion);
    }

    private Element opened(Element encrypted) throws SAXException {
        Element opened = SamlDecryption.opened(encrypted, key);
        SamlXml.requireValid(opened.getOwnerDocument());
        if (!SamlXml.is(opened, SamlXml.ASSERTION, "Assertion")) {
            throw refused("has something else encrypted: " + opened.getNodeName());
        }
        return opened;
    }

    /** A wrong signature is no better than none, and worse. */
    private boolean isSigned(Element element) throws XMLSignatureException {
        List<Element> signatures = SamlXml.children(element, SamlXml.SIGNATURE, "Signature");
        for (Element signature : signatures) {
            SamlSignatures.require(element, signature, provider.keys());
        }
        return !signatures.isEmpty();
    }

    private Fault refused(String why) {
        return Fault.unauthorized().detail("A SAML response of " + provider.entityId() + " " + why);
    }
}
