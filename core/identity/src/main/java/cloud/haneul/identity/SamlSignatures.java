package cloud.haneul.identity;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import javax.xml.crypto.KeySelector;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import org.w3c.dom.Element;

/**
 * Signatures in XML, of the one shape that SAML allows: a child of the element that it signs, whole and by its ID, with nothing
 * done to it but leaving out the signature and putting it into canonical form. Keys come from the provider's metadata, never
 * from the message.
 */
final class SamlSignatures {
    static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

    private static final Set<String> METHODS = Set.of(
            RSA_SHA256,
            "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
            "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
            "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
            "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384",
            "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512",
            "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
            "http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1",
            "http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1");
    private static final Set<String> DIGESTS =
            Set.of(DigestMethod.SHA256, "http://www.w3.org/2001/04/xmldsig-more#sha384", DigestMethod.SHA512);
    private static final Set<String> CANONICAL = Set.of(CanonicalizationMethod.EXCLUSIVE);

    private SamlSignatures() {}

    /**
     * Makes sure that one of these keys signed the element as it is.
     *
     * @param signature the element's own child
     * @throws XMLSignatureException when that is not so, or the signature is of another shape or by weaker means
     */
    static void require(Element signed, Element signature, Collection<PublicKey> keys) throws XMLSignatureException {
        if (signature.getParentNode() != signed) {
            throw new XMLSignatureException("A signature that is not in what it signs");
        }
        for (PublicKey key : keys) {
            if (isBy(key, signed, signature)) {
                return;
            }
        }
        throw new XMLSignatureException("No key of the provider made this signature");
    }

    private static boolean isBy(PublicKey key, Element signed, Element signature) throws XMLSignatureException {
        DOMValidateContext context = new DOMValidateContext(KeySelector.singletonKeySelector(key), signature);
        context.setProperty("org.jcp.xml.dsig.secureValidation", true);
        context.setIdAttributeNS(signed, null, "ID");
        try {
            XMLSignature read = factory().unmarshalXMLSignature(context);
            requireShape(read.getSignedInfo(), signed.getAttribute("ID"));
            return read.validate(context);
        } catch (MarshalException e) {
            throw new XMLSignatureException(e);
        } catch (XMLSignatureException e) {
            if (e.getCause() instanceof GeneralSecurityException) {
                // a key of another kind than the signature
                return false;
            }
            throw e;
        }
    }

    private static void requireShape(SignedInfo info, String id) throws XMLSignatureException {
        List<Reference> references = info.getReferences();
        if (references.size() != 1
                || id.isEmpty()
                || !("#" + id).equals(references.get(0).getURI())) {
            throw new XMLSignatureException("A signature of something else than it is in");
        }
        requireKnown(METHODS, info.getSignatureMethod().getAlgorithm());
        requireKnown(CANONICAL, info.getCanonicalizationMethod().getAlgorithm());
        requireKnown(DIGESTS, references.get(0).getDigestMethod().getAlgorithm());
        List<Transform> transforms = references.get(0).getTransforms();
        if (transforms.size() != 2) {
            throw new XMLSignatureException("A signature with other steps than SAML allows");
        }
        requireKnown(Set.of(Transform.ENVELOPED), transforms.get(0).getAlgorithm());
        requireKnown(CANONICAL, transforms.get(1).getAlgorithm());
    }

    private static void requireKnown(Set<String> known, String algorithm) throws XMLSignatureException {
        if (!known.contains(algorithm)) {
            throw new XMLSignatureException("A signature by " + algorithm);
        }
    }

    /**
     * Signs the element, with the signature behind its first child, the issuer, where SAML wants it.
     *
     * @param element one that was read
     */
    static void sign(Element element, PrivateKey key) {
        XMLSignatureFactory factory = factory();
        try {
            Reference reference = factory.newReference(
                    "#" + element.getAttribute("ID"),
                    factory.newDigestMethod(DigestMethod.SHA256, null),
                    List.of(
                            factory.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null),
                            factory.newTransform(CanonicalizationMethod.EXCLUSIVE, (TransformParameterSpec) null)),
                    null,
                    null);
            SignedInfo info = factory.newSignedInfo(
                    factory.newCanonicalizationMethod(CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
                    factory.newSignatureMethod(RSA_SHA256, null),
                    List.of(reference));
            DOMSignContext context =
                    new DOMSignContext(key, element, element.getFirstChild().getNextSibling());
            context.setDefaultNamespacePrefix("ds");
            context.setIdAttributeNS(element, null, "ID");
            factory.newXMLSignature(info, null).sign(context);
        } catch (GeneralSecurityException | MarshalException | XMLSignatureException e) {
            throw new IllegalStateException("Cannot sign with our own key", e);
        }
    }

    /** The JDK's own, not one that a server may bring along. */
    private static XMLSignatureFactory factory() {
        try {
            return XMLSignatureFactory.getInstance("DOM", "XMLDSig");
        } catch (java.security.NoSuchProviderException e) {
            throw new IllegalStateException("A JDK without XML signatures", e);
        }
    }
}
