package cloud.haneul.identity;

import java.security.Key;
import java.security.PrivateKey;
import java.util.List;
import java.util.Set;
import org.apache.xml.security.Init;
import org.apache.xml.security.encryption.XMLCipher;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * Opens assertions that a provider encrypted for us. Whatever goes wrong looks the same from outside; and key transport by
 * RSA 1.5, which gives keys away to who may ask often, is not taken at all.
 */
final class SamlDecryption {
    private static final Set<String> CONTENT = Set.of(
            XMLCipher.AES_128_GCM,
            XMLCipher.AES_192_GCM,
            XMLCipher.AES_256_GCM,
            XMLCipher.AES_128,
            XMLCipher.AES_192,
            XMLCipher.AES_256,
            // what pysaml2 knows alone
            XMLCipher.TRIPLEDES);
    private static final Set<String> KEYS = Set.of(XMLCipher.RSA_OAEP, XMLCipher.RSA_OAEP_11);

    private SamlDecryption() {}

    /** Done when the first encrypted assertion comes. */
    private static final class Library {
        static {
            Init.init();
        }

        static XMLCipher cipher(String algorithm) throws XMLSecurityException {
            XMLCipher cipher = XMLCipher.getInstance(algorithm);
            cipher.setSecureValidation(true);
            return cipher;
        }
    }

    /** What our metadata says we can read, the best first. */
    static List<String> algorithms() {
        return List.of(XMLCipher.AES_256_GCM, XMLCipher.AES_128_GCM, XMLCipher.AES_256, XMLCipher.RSA_OAEP);
    }

    /**
     * The assertion, as a document of its own.
     *
     * @param encrypted an {@code EncryptedAssertion}
     * @throws SAXException when it was not encrypted for this key, or not by what we take, or holds no XML
     */
    static Element opened(Element encrypted, PrivateKey key) throws SAXException {
        Element data = one(SamlXml.children(encrypted, SamlXml.ENCRYPTION, "EncryptedData"), "EncryptedData");
        Element sealedKey = sealedKey(encrypted, data);
        String dataAlgorithm = algorithm(data, CONTENT);
        String keyAlgorithm = algorithm(sealedKey, KEYS);
        try {
            XMLCipher keys = Library.cipher(keyAlgorithm);
            keys.init(XMLCipher.UNWRAP_MODE, key);
            Key content =
                    keys.decryptKey(keys.loadEncryptedKey(encrypted.getOwnerDocument(), sealedKey), dataAlgorithm);
            XMLCipher contents = Library.cipher(dataAlgorithm);
            contents.init(XMLCipher.DECRYPT_MODE, content);
            return SamlXml.parsed(contents.decryptToByteArray(data)).getDocumentElement();
        } catch (XMLSecurityException e) {
            throw new SAXException("An assertion that was not encrypted for us", e);
        }
    }

    /** With the data, or beside it. */
    private static Element sealedKey(Element encrypted, Element data) throws SAXException {
        List<Element> within = SamlXml.child(data, SamlXml.SIGNATURE, "KeyInfo")
                .map(info -> SamlXml.children(info, SamlXml.ENCRYPTION, "EncryptedKey"))
                .orElse(List.of());
        return one(
                within.isEmpty() ? SamlXml.children(encrypted, SamlXml.ENCRYPTION, "EncryptedKey") : within,
                "EncryptedKey");
    }

    private static String algorithm(Element encrypted, Set<String> known) throws SAXException {
        String algorithm = SamlXml.child(encrypted, SamlXml.ENCRYPTION, "EncryptionMethod")
                .map(method -> method.getAttribute("Algorithm"))
                .orElse("");
        if (!known.contains(algorithm)) {
            throw new SAXException("An assertion encrypted by " + algorithm);
        }
        return algorithm;
    }

    private static Element one(List<Element> elements, String name) throws SAXException {
        if (elements.size() != 1) {
            throw new SAXException("An encrypted assertion with " + elements.size() + " of " + name);
        }
        return elements.get(0);
    }
}
