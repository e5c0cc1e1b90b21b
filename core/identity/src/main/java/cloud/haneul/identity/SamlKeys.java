package cloud.haneul.identity;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.util.ssl.cert.CertException;
import com.unboundid.util.ssl.cert.SignatureAlgorithmIdentifier;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * The key by which this cloud signs its requests to a SAML provider and reads what is encrypted for it. Its certificate only
 * carries the public key: providers take it from our metadata and trust no authority with it.
 *
 * @param certificate DER in base64, as metadata has it
 * @param privateKey PKCS #8 in base64
 */
record SamlKeys(String certificate, String privateKey) {
    /** As providers' own keys have. With half as many again somebody who saves settings waits for seconds. */
    private static final int BITS = 2048;

    private static final Duration GOOD_FOR = Duration.ofDays(3650);

    /** Takes some tenths of a second. */
    static SamlKeys made(String name, Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            KeyPair pair = generator.generateKeyPair();
            byte[] certificate = com.unboundid.util.ssl.cert.X509Certificate.generateSelfSignedCertificate(
                            SignatureAlgorithmIdentifier.SHA_256_WITH_RSA,
                            pair,
                            new DN(new RDN("CN", name)),
                            now.minus(Duration.ofDays(1)).toEpochMilli(),
                            now.plus(GOOD_FOR).toEpochMilli())
                    .getX509CertificateBytes();
            return new SamlKeys(
                    Base64.getEncoder().encodeToString(certificate),
                    Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
        } catch (GeneralSecurityException | CertException e) {
            throw new IllegalStateException("Cannot make a key", e);
        }
    }

    PrivateKey key() {
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(privateKey)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Not a key of ours", e);
        }
    }

    /**
     * The public key of a certificate.
     *
     * @param certificate DER in base64, with white space where it likes
     * @throws CertificateException when it is none
     */
    static PublicKey publicKey(String certificate) throws CertificateException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(Base64.getMimeDecoder().decode(certificate)))
                .getPublicKey();
    }

    @Override
    public String toString() {
        return "a key";
    }
}
