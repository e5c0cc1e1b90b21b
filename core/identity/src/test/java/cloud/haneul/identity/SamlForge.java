package cloud.haneul.identity;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.XPathFilterParameterSpec;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * Makes SAML responses, good ones and, by changing one thing, bad ones. A change is a text and what stands for it; it is made
 * before signing.
 */
final class SamlForge {
    static final String PROVIDER = "https://idp.example.org/saml";
    static final String US = "https://cloud.example.org/saml";
    static final String CONSUMER = "https://cloud.example.org/acs";
    static final String REQUEST = "_request";
    static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    private static final KeyPair KEYS = keys();
    private static final KeyPair OTHERS = keys();

    enum Signed {
        NOTHING,
        ASSERTION,
        RESPONSE,
        BOTH
    }

    private SamlForge() {}

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static PrivateKey key() {
        return KEYS.getPrivate();
    }

    static PrivateKey othersKey() {
        return OTHERS.getPrivate();
    }

    /** @param more keys that the provider has besides, before its own */
    static SamlMetadata metadata(PublicKey... more) {
        List<PublicKey> keys = new ArrayList<>(List.of(more));
        keys.add(KEYS.getPublic());
        return new SamlMetadata(PROVIDER, URI.create("https://idp.example.org/sso"), keys, Optional.empty());
    }

    static SamlClient client() {
        return new SamlClient(
                US,
                Optional.of(PROVIDER),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of("urn:oid:1.2.3", "email"),
                "");
    }

    /** @param id the assertion's */
    static String assertion(String id) {
        return """
                <saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="%s" Version="2.0" IssueInstant="%s">\
                <saml:Issuer>%s</saml:Issuer>\
                <saml:Subject><saml:NameID>ann</saml:NameID>\
                <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">\
                <saml:SubjectConfirmationData NotOnOrAfter="%s" Recipient="%s" InResponseTo="%s"/>\
                </saml:SubjectConfirmation></saml:Subject>\
                <saml:Conditions NotBefore="%s" NotOnOrAfter="%s"><saml:AudienceRestriction><saml:Audience>%s</saml:Audience>\
                </saml:AudienceRestriction></saml:Conditions>\
                <saml:AuthnStatement AuthnInstant="%s" SessionNotOnOrAfter="%s"><saml:AuthnContext>\
                <saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef>\
                </saml:AuthnContext></saml:AuthnStatement>\
                <saml:AttributeStatement>\
                <saml:Attribute Name="urn:oid:1.2.3" FriendlyName="mail"><saml:AttributeValue>ann@example.org</saml:AttributeValue>\
                </saml:Attribute>\
                <saml:Attribute Name="groups"><saml:AttributeValue>makers</saml:AttributeValue>\
                <saml:AttributeValue>staff</saml:AttributeValue></saml:Attribute>\
                <saml:Attribute Name="x" FriendlyName="groups"><saml:AttributeValue>admins</saml:AttributeValue></saml:Attribute>\
                </saml:AttributeStatement></saml:Assertion>""".formatted(
                        id,
                        NOW,
                        PROVIDER,
                        NOW.plus(Duration.ofMinutes(5)),
                        CONSUMER,
                        REQUEST,
                        NOW.minus(Duration.ofMinutes(2)),
                        NOW.plus(Duration.ofMinutes(6)),
                        US,
                        NOW,
                        NOW.plus(Duration.ofHours(8)));
    }

    static String response(String content) {
        return """
                <samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_response" Version="2.0" \
                IssueInstant="%s" Destination="%s" InResponseTo="%s">\
                <saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">%s</saml:Issuer>\
                <samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>\
                %s</samlp:Response>""".formatted(NOW, CONSUMER, REQUEST, PROVIDER, content);
    }

    /** One with every part in place but for a change. */
    static String signed(Signed what, PrivateKey key, String from, String to) {
        Document document = read(response(assertion("_assertion")).replace(from, to));
        Element response = document.getDocumentElement();
        if (what == Signed.ASSERTION || what == Signed.BOTH) {
            SamlSignatures.sign(assertionIn(response), key);
        }
        if (what == Signed.RESPONSE || what == Signed.BOTH) {
            SamlSignatures.sign(response, key);
        }
        return SamlXml.text(document);
    }

    /** One with a response that its provider signed around an assertion that another did. */
    static String signedAroundAnothers() {
        Document document = read(signed(Signed.ASSERTION, othersKey(), "", ""));
        SamlSignatures.sign(document.getDocumentElement(), key());
        return SamlXml.text(document);
    }

    /** One with its assertion signed in a manner of its own, and rightly. */
    static String signed(Manner manner, PrivateKey key) {
        Document document = read(response(assertion("_assertion")));
        manner.sign(assertionIn(document.getDocumentElement()), key);
        return SamlXml.text(document);
    }

    private static Element assertionIn(Element response) {
        return SamlXml.child(response, SamlXml.ASSERTION, "Assertion").orElseThrow();
    }

    /**
     * How to sign.
     *
     * @param references how many, all to the same
     * @param transforms what is done to what is signed, in that order
     */
    record Manner(String method, String canonical, String digest, int references, List<String> transforms) {
        static final Manner USUAL = new Manner(
                SamlSignatures.RSA_SHA256,
                CanonicalizationMethod.EXCLUSIVE,
                DigestMethod.SHA256,
                1,
                List.of(Transform.ENVELOPED, CanonicalizationMethod.EXCLUSIVE));

        Manner method(String other) {
            return new Manner(other, canonical, digest, references, transforms);
        }

        Manner canonical(String other) {
            return new Manner(method, other, digest, references, transforms);
        }

        Manner digest(String other) {
            return new Manner(method, canonical, other, references, transforms);
        }

        Manner references(int other) {
            return new Manner(method, canonical, digest, other, transforms);
        }

        Manner transforms(String... other) {
            return new Manner(method, canonical, digest, references, List.of(other));
        }

        void sign(Element element, PrivateKey key) {
            XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
            try {
                List<Transform> steps = new ArrayList<>();
                for (String transform : transforms) {
                    steps.add(factory.newTransform(
                            transform,
                            transform.equals(Transform.XPATH) ? new XPathFilterParameterSpec("true()") : null));
                }
                Reference reference = factory.newReference(
                        "#" + element.getAttribute("ID"), factory.newDigestMethod(digest, null), steps, null, null);
                DOMSignContext context =
                        new DOMSignContext(key, element, element.getFirstChild().getNextSibling());
                context.setDefaultNamespacePrefix("ds");
                context.setIdAttributeNS(element, null, "ID");
                factory.newXMLSignature(
                                factory.newSignedInfo(
                                        factory.newCanonicalizationMethod(canonical, (C14NMethodParameterSpec) null),
                                        factory.newSignatureMethod(method, null),
                                        Collections.nCopies(references, reference)),
                                null)
                        .sign(context);
            } catch (GeneralSecurityException | MarshalException | XMLSignatureException e) {
                throw new IllegalArgumentException(toString(), e);
            }
        }
    }

    static String good() {
        return signed(Signed.ASSERTION, key(), "", "");
    }

    /** A signed assertion alone. */
    static String signedAssertion() {
        Element response = read(good()).getDocumentElement();
        return SamlXml.text(
                SamlXml.child(response, SamlXml.ASSERTION, "Assertion").orElseThrow());
    }

    static Document read(String xml) {
        try {
            return SamlXml.parsed(xml.getBytes(StandardCharsets.UTF_8));
        } catch (SAXException e) {
            throw new IllegalArgumentException(xml, e);
        }
    }

    /** All that happens to a response but the look at whether it came before. */
    static SamlAssertions.Good taken(String response, Instant now) {
        return taken(response, now, key());
    }

    static SamlAssertions.Good taken(String response, Instant now, PrivateKey ours, PublicKey... more) {
        Element assertion = new SamlResponses(metadata(more), ours, CONSUMER).assertion(read(response), REQUEST);
        return new SamlAssertions(client(), PROVIDER, CONSUMER, now).good(assertion, REQUEST);
    }

    static SamlAssertions.Good taken(String response) {
        return taken(response, NOW);
    }
}
