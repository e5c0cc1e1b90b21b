package cloud.haneul.identity;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    static SamlMetadata metadata() {
        return new SamlMetadata(
                PROVIDER, URI.create("https://idp.example.org/sso"), List.of(KEYS.getPublic()), Optional.empty());
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
            SamlSignatures.sign(
                    SamlXml.child(response, SamlXml.ASSERTION, "Assertion").orElseThrow(), key);
        }
        if (what == Signed.RESPONSE || what == Signed.BOTH) {
            SamlSignatures.sign(response, key);
        }
        return SamlXml.text(document);
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

    static SamlAssertions.Good taken(String response, Instant now, PrivateKey ours) {
        Element assertion = new SamlResponses(metadata(), ours, CONSUMER).assertion(read(response), REQUEST);
        return new SamlAssertions(client(), PROVIDER, CONSUMER, now).good(assertion, REQUEST);
    }

    static SamlAssertions.Good taken(String response) {
        return taken(response, NOW);
    }
}
