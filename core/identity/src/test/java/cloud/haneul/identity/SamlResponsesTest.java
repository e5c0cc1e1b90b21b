package cloud.haneul.identity;

import static cloud.haneul.identity.SamlForge.NOW;
import static cloud.haneul.identity.SamlForge.Signed.ASSERTION;
import static cloud.haneul.identity.SamlForge.Signed.BOTH;
import static cloud.haneul.identity.SamlForge.Signed.NOTHING;
import static cloud.haneul.identity.SamlForge.Signed.RESPONSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import cloud.haneul.identity.SamlForge.Manner;
import cloud.haneul.kernel.Fault;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.crypto.KeyGenerator;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.Transform;
import org.apache.xml.security.encryption.EncryptedData;
import org.apache.xml.security.encryption.EncryptedKey;
import org.apache.xml.security.encryption.XMLCipher;
import org.apache.xml.security.keys.KeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** Which SAML responses are taken, and what is read of them. */
class SamlResponsesTest {
    private static final String EVIL = "<saml:NameID>admin</saml:NameID>";
    private static final String ANN = "<saml:NameID>ann</saml:NameID>";

    private static void assertRefused(String response, String why) {
        assertThatThrownBy(() -> SamlForge.taken(response)).isInstanceOfSatisfying(Fault.class, fault -> {
            assertThat(fault.kind()).isEqualTo(Fault.Kind.UNAUTHORIZED);
            assertThat(fault.detail()).contains(why);
            // who sent it is not told why
            assertThat(fault.getMessage()).doesNotContain(why);
        });
    }

    @ParameterizedTest
    @EnumSource(names = "NOTHING", mode = EnumSource.Mode.EXCLUDE)
    void aResponseIsTakenWhenItOrItsAssertionIsSigned(SamlForge.Signed signed) {
        SamlAssertions.Good good = SamlForge.taken(SamlForge.signed(signed, SamlForge.key(), "", ""));
        assertThat(good.id()).isEqualTo("_assertion");
        assertThat(good.until()).isEqualTo(NOW.plus(Duration.ofMinutes(6)));
        assertThat(good.assertion().remoteId()).isEqualTo(SamlForge.PROVIDER);
    }

    @Test
    void attributesGoByTheirNamesAndFriendlyOnesTakeNoOthersPlace() {
        Map<String, List<String>> attributes =
                SamlForge.taken(SamlForge.good()).assertion().attributes();
        assertThat(attributes)
                .containsEntry("urn:oid:1.2.3", List.of("ann@example.org"))
                .containsEntry("email", List.of("ann@example.org"))
                .containsEntry("mail", List.of("ann@example.org"))
                .containsEntry("groups", List.of("makers", "staff"))
                .containsEntry("REMOTE_USER", List.of("ann"))
                .containsEntry("IDENTITY_PROVIDER", List.of(SamlForge.PROVIDER));
        // the provider's own attribute of that name is not the one we vouch for
        assertThat(SamlForge.taken(SamlForge.signed(
                                ASSERTION, SamlForge.key(), "Name=\"groups\"", "Name=\"IDENTITY_PROVIDER\""))
                        .assertion()
                        .attributes())
                .containsEntry("IDENTITY_PROVIDER", List.of(SamlForge.PROVIDER));
        assertThat(SamlForge.taken(SamlForge.signed(
                                ASSERTION, SamlForge.key(), "Name=\"groups\"", "Name=\"NAME_ID_FORMAT\""))
                        .assertion()
                        .attributes())
                .doesNotContainKey("NAME_ID_FORMAT");
        assertThat(SamlForge.taken(
                                SamlForge.signed(ASSERTION, SamlForge.key(), "Name=\"groups\"", "Name=\"REMOTE_USER\""))
                        .assertion()
                        .attributes())
                .containsEntry("REMOTE_USER", List.of("ann"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<saml:Audience>https://cloud.example.org/saml | <saml:Audience>https://other.example.org | another audience",
                "Recipient=\"https://cloud | Recipient=\"https://other | is for https://other.example.org/acs",
                "\" InResponseTo=\"_request\"/> | \" InResponseTo=\"_another\"/> | answers another request",
                "\" InResponseTo=\"_request\"/> | \"/> | answers another request",
                "\" InResponseTo=\"_request\"> | \" InResponseTo=\"_another\"> | answers no request",
                "Destination=\"https://cloud | Destination=\"https://other | is for https://other.example.org/acs",
                "cm:bearer | cm:sender-vouches | not for its bearer",
                "assertion\" ID=\"_assertion\" Version=\"2.0\" | assertion\" ID=\"_assertion\" Version=\"1.1\" | of version 1.1",
                "SessionNotOnOrAfter=\"2026-05-01T20 | SessionNotOnOrAfter=\"2026-05-01T11 | login that is over",
                "status:Success | status:Responder | says",
                "<saml:AudienceRestriction><saml:Audience>https://cloud.example.org/saml</saml:Audience></saml:AudienceRestriction>"
                        + " | <saml:OneTimeUse/> | another audience",
                "<saml:SubjectConfirmationData NotOnOrAfter=\"2026-05-01T12:05:00Z\" | <saml:SubjectConfirmationData"
                        + " | confirmed for ever",
                "<saml:SubjectConfirmationData NotOnOrAfter=\"2026-05-01T12:05 | <saml:SubjectConfirmationData"
                        + " NotOnOrAfter=\"2026-05-01T11:59 | not confirmed for now",
                "NotOnOrAfter=\"2026-05-01T12:06 | NotOnOrAfter=\"2026-05-01T11:59 | is not for now",
                "NotBefore=\"2026-05-01T11:58 | NotBefore=\"2026-05-01T12:02 | is not for now",
                "</saml:AudienceRestriction> | </saml:AudienceRestriction><saml:AudienceRestriction>"
                        + "<saml:Audience>https://other.example.org</saml:Audience></saml:AudienceRestriction> | another audience",
                "</saml:AudienceRestriction> | </saml:AudienceRestriction><saml:Condition"
                        + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"saml:OneTimeUseType\"/>"
                        + " | a condition that is not understood",
                "<saml:Issuer>https://idp.example.org/saml</saml:Issuer><saml:Subject>"
                        + " | <saml:Issuer Format=\"urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified\">"
                        + "https://idp.example.org/saml</saml:Issuer><saml:Subject> | is from",
                "ID=\"_response\" Version=\"2.0\" | ID=\"_response\" Version=\"1.1\" | of version 1.1",
            })
    void whatIsNotForUsAndNowIsRefusedHoweverWellItIsSigned(String from, String to, String why) {
        String good = SamlForge.response(SamlForge.assertion("_assertion"));
        assertThat(good).contains(from);
        assertRefused(SamlForge.signed(BOTH, SamlForge.key(), from, to), why);
    }

    @Test
    void theUserHasLoggedInThereAndNoneOfHisLoginsIsOver() {
        String assertion = SamlForge.assertion("_assertion");
        String end = "</saml:AuthnStatement>";
        String login =
                assertion.substring(assertion.indexOf("<saml:AuthnStatement"), assertion.indexOf(end) + end.length());
        Function<String, String> until =
                time -> login.replaceFirst("SessionNotOnOrAfter=\"[^\"]+\"", "SessionNotOnOrAfter=\"" + time + "\"");
        String over = until.apply("2026-05-01T11:00:00Z");
        BiFunction<String, String, String> with = (from, to) -> SamlForge.signed(BOTH, SamlForge.key(), from, to);
        assertRefused(with.apply(login, ""), "tells of no login");
        assertRefused(with.apply(login, over), "login that is over");
        assertRefused(with.apply(login, login + over), "login that is over");
        assertRefused(with.apply(login, over + login), "login that is over");
        // but for a minute by which the provider's clock may be off
        assertRefused(with.apply(login, until.apply("2026-05-01T11:59:00Z")), "login that is over");
        SamlForge.taken(with.apply(login, until.apply("2026-05-01T11:59:01Z")));
        // it need not say until when
        SamlForge.taken(with.apply(login, login.replaceFirst(" SessionNotOnOrAfter=\"[^\"]+\"", "")));
    }

    @Test
    void anIssuerOtherThanTheProviderIsRefused() {
        String theirs = "https://other.example.org";
        assertRefused(
                SamlForge.signed(BOTH, SamlForge.key(), ">" + SamlForge.PROVIDER + "<", ">" + theirs + "<"), theirs);
        assertRefused(
                SamlForge.signed(BOTH, SamlForge.key(), "<saml:Issuer>" + SamlForge.PROVIDER, "<saml:Issuer>" + theirs),
                "is from " + theirs);
    }

    @Test
    void timeIsTakenAsItIsButForAMinute() {
        String good = SamlForge.good();
        SamlForge.taken(good, NOW.plus(Duration.ofMinutes(5)).plusSeconds(59));
        SamlForge.taken(good, NOW.minus(Duration.ofMinutes(2)).minusSeconds(59));
        for (Instant never : List.of(
                NOW.plus(Duration.ofMinutes(6)),
                NOW.minus(Duration.ofMinutes(2)).minusSeconds(61),
                NOW.plus(Duration.ofDays(365)))) {
            assertThatThrownBy(() -> SamlForge.taken(good, never)).isInstanceOf(Fault.class);
        }
    }

    @Test
    void aSignatureThatIsMissingOrAnothersOrOverSomethingElseCountsForNothing() {
        assertRefused(SamlForge.signed(NOTHING, SamlForge.key(), "", ""), "signed neither itself nor in its assertion");
        assertRefused(SamlForge.signed(ASSERTION, SamlForge.othersKey(), "", ""), "No key of the provider");
        assertRefused(SamlForge.signed(RESPONSE, SamlForge.othersKey(), "", ""), "No key of the provider");
        assertRefused(SamlForge.good().replace(ANN, EVIL), "No key of the provider");
        // a second opinion that is wrong spoils the first
        assertRefused(SamlForge.signedAroundAnothers(), "No key of the provider");
        assertRefused(SamlForge.signed(BOTH, SamlForge.key(), "", "").replace("makers", "owners"), "No key");
    }

    /** Each is signed rightly, but by other means than we take. */
    static Stream<Arguments> otherMeans() {
        String more = "http://www.w3.org/2001/04/xmldsig-more#";
        String inclusive = CanonicalizationMethod.INCLUSIVE;
        String exclusive = CanonicalizationMethod.EXCLUSIVE;
        return Stream.of(
                arguments(Manner.USUAL.method(SignatureMethod.RSA_SHA1), "rsa-sha1"),
                arguments(Manner.USUAL.method(more + "rsa-sha224"), "rsa-sha224"),
                arguments(Manner.USUAL.digest(DigestMethod.SHA1), "sha1"),
                arguments(Manner.USUAL.digest(more + "sha224"), "sha224"),
                arguments(Manner.USUAL.canonical(inclusive), inclusive),
                arguments(Manner.USUAL.transforms(Transform.ENVELOPED, inclusive), inclusive),
                arguments(Manner.USUAL.transforms(Transform.ENVELOPED, Transform.XPATH), Transform.XPATH),
                arguments(Manner.USUAL.transforms(Transform.ENVELOPED, exclusive, exclusive), "other steps"),
                arguments(Manner.USUAL.transforms(Transform.ENVELOPED), "other steps"),
                arguments(Manner.USUAL.references(2), "something else than it is in"));
    }

    @ParameterizedTest
    @MethodSource("otherMeans")
    void aSignatureByOtherMeansIsNotTaken(Manner manner, String why) {
        SamlForge.taken(SamlForge.signed(Manner.USUAL, SamlForge.key()));
        assertRefused(SamlForge.signed(manner, SamlForge.key()), why);
    }

    @Test
    void aSignatureIsOverWhatItIsIn() {
        String good = SamlForge.good();
        assertRefused(good.replace("URI=\"#_assertion\"", "URI=\"\""), "something else than it is in");
        assertRefused(good.replace("URI=\"#_assertion\"", "URI=\"#_response\""), "something else than it is in");
        Element response = SamlForge.read(good).getDocumentElement();
        Element assertion =
                SamlXml.child(response, SamlXml.ASSERTION, "Assertion").orElseThrow();
        Element signature =
                SamlXml.child(assertion, SamlXml.SIGNATURE, "Signature").orElseThrow();
        assertThatThrownBy(() -> SamlSignatures.require(
                        response, signature, SamlForge.metadata().keys()))
                .hasMessageContaining("not in what it signs");
    }

    @Test
    void aKeyOfAnotherKindIsPassedOverAndAShortOneIsNotTaken() throws GeneralSecurityException {
        PublicKey curve = KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic();
        assertThat(SamlForge.taken(SamlForge.good(), NOW, SamlForge.key(), curve)
                        .id())
                .isEqualTo("_assertion");
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(512);
        KeyPair small = generator.generateKeyPair();
        String response = SamlForge.signed(Manner.USUAL, small.getPrivate());
        assertThatThrownBy(() -> SamlForge.taken(response, NOW, SamlForge.key(), small.getPublic()))
                .isInstanceOf(Fault.class);
    }

    /** The eight ways of wrapping: the signed assertion is somewhere, and a forged one where it would be read. */
    @Test
    void aSignedAssertionSomewhereVouchesForNoOther() {
        String signed = SamlForge.signedAssertion();
        String forged = SamlForge.assertion("_forged").replace(ANN, EVIL);
        String signature = signed.substring(signed.indexOf("<ds:Signature"), signed.indexOf("</ds:Signature>") + 15);
        String bare = signed.replace(signature, "");
        String issuer = "</saml:Issuer>";
        List<String> wrapped = List.of(
                // beside it, before and behind
                SamlForge.response(forged + signed),
                SamlForge.response(signed + forged),
                // the signed one in the extensions of the response
                SamlForge.response(forged)
                        .replaceFirst(
                                "<samlp:Status>",
                                "<samlp:Extensions>" + quoted(signed) + "</samlp:Extensions><samlp:Status>"),
                // the forged one bears the signature, which is made over the other
                SamlForge.response(forged.replaceFirst(issuer, issuer + quoted(signature)) + bare),
                // and keeps the other in its signature
                SamlForge.response(forged.replaceFirst(
                        issuer,
                        issuer
                                + quoted(signature.replace(
                                        "</ds:Signature>", "<ds:Object>" + bare + "</ds:Object></ds:Signature>")))),
                // with the same ID
                SamlForge.response(forged.replace("_forged", "_assertion")
                        .replaceFirst(
                                issuer,
                                issuer
                                        + quoted(signature.replace(
                                                "</ds:Signature>",
                                                "<ds:Object>" + bare + "</ds:Object></ds:Signature>")))),
                SamlForge.response(forged.replace("_forged", "_assertion") + signed),
                // the forged one around the signed one
                SamlForge.response(forged.replace(
                        "<saml:AuthnStatement", "<saml:Advice>" + signed + "</saml:Advice><saml:AuthnStatement")),
                // a signed response in the extensions of a forged one
                SamlForge.response(forged)
                        .replace("ID=\"_response\"", "ID=\"_outer\"")
                        .replaceFirst(
                                "<samlp:Status>",
                                "<samlp:Extensions>"
                                        + quoted(SamlForge.signed(RESPONSE, SamlForge.key(), "", ""))
                                        + "</samlp:Extensions><samlp:Status>"));
        for (String response : wrapped) {
            assertThatThrownBy(() -> SamlForge.taken(response))
                    .as(response)
                    .isInstanceOfSatisfying(
                            Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.UNAUTHORIZED));
        }
    }

    private static String quoted(String replacement) {
        return java.util.regex.Matcher.quoteReplacement(replacement);
    }

    @Test
    void anAssertionAloneIsNoResponse() {
        assertRefused(SamlForge.signedAssertion(), "is none");
    }

    @Test
    void twoElementsOfOneIdAndWhatNoSchemaKnowsAreRefused() {
        assertRefused(SamlForge.signed(BOTH, SamlForge.key(), "ID=\"_response\"", "ID=\"_assertion\""), "not taken");
        assertRefused(
                SamlForge.signed(ASSERTION, SamlForge.key(), "<samlp:Status>", "<samlp:Evil/><samlp:Status>"),
                "not taken");
    }

    /** Canonical form leaves comments out; so do we, or the name would end at one. */
    @Test
    void aCommentCutsNothingOff() {
        assertThat(SamlForge.read("<a>b<!-- -->c</a>")
                        .getDocumentElement()
                        .getFirstChild()
                        .getNodeValue())
                .isEqualTo("bc");
        String good = SamlForge.signed(ASSERTION, SamlForge.key(), ">ann<", ">ann.evil.example.org<");
        assertThat(SamlForge.taken(good.replace(">ann.evil", ">ann<!-- -->.evil"))
                        .assertion()
                        .attributes())
                .containsEntry("REMOTE_USER", List.of("ann.evil.example.org"));
    }

    @Test
    void documentTypesAreNotReadAtAll() {
        for (String type : List.of(
                "<!DOCTYPE samlp:Response [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>",
                "<!DOCTYPE samlp:Response SYSTEM \"http://127.0.0.1:1/evil.dtd\">",
                "<!DOCTYPE samlp:Response [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>")) {
            assertThatThrownBy(() -> SamlXml.parsed((type + SamlForge.good()).getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(SAXException.class)
                    .hasMessageContaining("DOCTYPE");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://www.w3.org/2009/xmlenc11#aes256-gcm, http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p, true",
        "http://www.w3.org/2001/04/xmlenc#aes128-cbc, http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p, true",
        "http://www.w3.org/2001/04/xmlenc#aes128-cbc, http://www.w3.org/2001/04/xmlenc#rsa-1_5, false",
    })
    void anEncryptedAssertionIsReadWithOurKeyOnlyAndWithoutOldWaysOfWrappingKeys(
            String content, String transport, boolean good) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair ours = generator.generateKeyPair();
        String response = encrypted(SamlForge.signedAssertion(), ours.getPublic(), content, transport);
        if (good) {
            assertThat(SamlForge.taken(response, NOW, ours.getPrivate())
                            .assertion()
                            .attributes())
                    .containsEntry("REMOTE_USER", List.of("ann"));
        } else {
            assertThatThrownBy(() -> SamlForge.taken(response, NOW, ours.getPrivate()))
                    .isInstanceOf(Fault.class);
        }
        PrivateKey others = generator.generateKeyPair().getPrivate();
        assertThatThrownBy(() -> SamlForge.taken(response, NOW, others)).isInstanceOf(Fault.class);
        // encrypting for us is open to everybody; it is no signature
        String unsigned = encrypted(SamlForge.assertion("_assertion"), ours.getPublic(), content, transport);
        assertThatThrownBy(() -> SamlForge.taken(unsigned, NOW, ours.getPrivate()))
                .isInstanceOf(Fault.class);
    }

    @Test
    void whatIsEncryptedIsAWholeAssertion() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair ours = generator.generateKeyPair();
        String content = XMLCipher.AES_256_GCM;
        String name = "<saml:Issuer xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\">ann</saml:Issuer>";
        String unknown = SamlForge.signed(
                ASSERTION, SamlForge.key(), "<saml:AuthnStatement", "<saml:Evil/><saml:AuthnStatement");
        for (Map.Entry<String, String> one : Map.of(
                        name,
                        "something else encrypted",
                        unknown.substring(unknown.indexOf("<saml:Assertion"), unknown.indexOf("</samlp:Response>")),
                        "Evil")
                .entrySet()) {
            String response = encrypted(one.getKey(), ours.getPublic(), content, XMLCipher.RSA_OAEP);
            assertThatThrownBy(() -> SamlForge.taken(response, NOW, ours.getPrivate()))
                    .isInstanceOfSatisfying(
                            Fault.class, fault -> assertThat(fault.detail()).contains(one.getValue()));
        }
    }

    private static String encrypted(String assertion, PublicKey key, String content, String transport)
            throws Exception {
        org.apache.xml.security.Init.init();
        Document document = SamlForge.read(
                SamlForge.response("<saml:EncryptedAssertion xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\">"
                        + assertion + "</saml:EncryptedAssertion>"));
        Element place = SamlXml.child(document.getDocumentElement(), SamlXml.ASSERTION, "EncryptedAssertion")
                .orElseThrow();
        KeyGenerator generator = KeyGenerator.getInstance("AES");
        generator.init(content.contains("256") ? 256 : 128);
        Key session = generator.generateKey();
        XMLCipher keys = XMLCipher.getInstance(transport);
        keys.init(XMLCipher.WRAP_MODE, key);
        EncryptedKey sealed = keys.encryptKey(document, session);
        XMLCipher cipher = XMLCipher.getInstance(content);
        cipher.init(XMLCipher.ENCRYPT_MODE, session);
        EncryptedData data = cipher.getEncryptedData();
        KeyInfo info = new KeyInfo(document);
        info.add(sealed);
        data.setKeyInfo(info);
        cipher.doFinal(document, (Element) place.getFirstChild());
        return SamlXml.text(document);
    }
}
