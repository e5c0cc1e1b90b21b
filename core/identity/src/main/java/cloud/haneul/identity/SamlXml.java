package cloud.haneul.identity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Source;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSInput;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Reads what strangers send as XML, and nothing else for them: no document type, hence no entities, nothing fetched, and no
 * comments, so that a text has one reading. Uses the JDK's own parsers, whatever the server has besides.
 */
final class SamlXml {
    static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
    static final String ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
    static final String METADATA = "urn:oasis:names:tc:SAML:2.0:metadata";
    static final String SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";
    static final String ENCRYPTION = "http://www.w3.org/2001/04/xmlenc#";
    static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";

    private static final Map<String, String> SCHEMAS = Map.of(
            SIGNATURE,
            "/bindings/schemas/xmldsig-core-schema.xsd",
            ENCRYPTION,
            "/bindings/schemas/xenc-schema.xsd",
            "http://www.w3.org/2004/08/xop/include",
            "/bindings/schemas/xop-include.xsd",
            ASSERTION,
            "/schema/saml/v2/saml-schema-assertion-2.0.xsd",
            PROTOCOL,
            "/schema/saml/v2/saml-schema-protocol-2.0.xsd");

    private SamlXml() {}

    /** Read when the first message comes. */
    private static final class Schemas {
        static final Schema MESSAGES = load();

        private static Schema load() {
            try {
                SchemaFactory factory = SchemaFactory.newDefaultInstance();
                factory.setResourceResolver((type, namespace, publicId, systemId, base) -> input(namespace, systemId));
                return factory.newSchema(new Source[] {new StreamSource(resource(SCHEMAS.get(PROTOCOL)), PROTOCOL)});
            } catch (SAXException e) {
                throw new IllegalStateException("The schemas of SAML do not fit together", e);
            }
        }

        private static LSInput input(String namespace, String systemId) {
            LSInput input = ((DOMImplementationLS) builder().getDOMImplementation()).createLSInput();
            input.setSystemId(systemId);
            input.setByteStream(resource(Optional.ofNullable(SCHEMAS.get(namespace))
                    .orElseThrow(() -> new IllegalStateException("There is no schema of " + namespace))));
            return input;
        }

        private static InputStream resource(String name) {
            URL url = SamlXml.class.getResource(name);
            if (url == null) {
                throw new IllegalStateException("There is no " + name);
            }
            try {
                return url.openStream();
            } catch (IOException e) {
                throw new IllegalStateException("Cannot read " + name, e);
            }
        }
    }

    private static final class Strict implements ErrorHandler {
        @Override
        public void warning(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }

    private static DocumentBuilder builder() {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        try {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setNamespaceAware(true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            factory.setIgnoringComments(true);
            factory.setCoalescing(true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Strict());
            return builder;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("The JDK's XML parser cannot be made safe", e);
        }
    }

    /** @throws SAXException when it is not well-formed, or has a document type */
    static Document parsed(byte[] xml) throws SAXException {
        try {
            return builder().parse(new ByteArrayInputStream(xml));
        } catch (IOException e) {
            throw new SAXException(e);
        }
    }

    static Document empty() {
        return builder().newDocument();
    }

    /**
     * A document of its own with a copy of this element, so that nothing outside of it can be meant. The prefixes that stood for
     * something around it still do.
     */
    static Element alone(Element element) {
        Document document = empty();
        Element copy = (Element) document.appendChild(document.importNode(element, true));
        for (Node around = element.getParentNode(); around instanceof Element; around = around.getParentNode()) {
            NamedNodeMap attributes = around.getAttributes();
            for (int i = 0; i < attributes.getLength(); i++) {
                Node attribute = attributes.item(i);
                if (XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI())
                        && !copy.hasAttribute(attribute.getNodeName())) {
                    copy.setAttributeNS(
                            XMLConstants.XMLNS_ATTRIBUTE_NS_URI, attribute.getNodeName(), attribute.getNodeValue());
                }
            }
        }
        return copy;
    }

    /** The same as if it had been read, with the declarations of its prefixes in place: signatures are over these, too. */
    static Element settled(Element made) {
        try {
            return parsed(text(made).getBytes(StandardCharsets.UTF_8)).getDocumentElement();
        } catch (SAXException e) {
            throw new IllegalStateException("What we wrote cannot be read", e);
        }
    }

    /** @throws SAXException when it is not what SAML's schemas allow; two elements of one ID are among that */
    static void requireValid(Document message) throws SAXException {
        Validator validator = Schemas.MESSAGES.newValidator();
        validator.setErrorHandler(new Strict());
        try {
            validator.validate(new DOMSource(message));
        } catch (IOException e) {
            throw new SAXException(e);
        }
    }

    /** Without the line that says it is XML. */
    static String text(Node node) {
        try {
            TransformerFactory factory = TransformerFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            Transformer transformer = factory.newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            StringWriter text = new StringWriter();
            transformer.transform(new DOMSource(node), new StreamResult(text));
            return text.toString();
        } catch (TransformerException e) {
            throw new IllegalStateException("Cannot write XML", e);
        }
    }

    static boolean is(Node node, String namespace, String name) {
        return node instanceof Element && name.equals(node.getLocalName()) && namespace.equals(node.getNamespaceURI());
    }

    /** The element's own children of that name; none further down. */
    static List<Element> children(Element parent, String namespace, String name) {
        return stream(parent.getChildNodes())
                .filter(node -> is(node, namespace, name))
                .map(Element.class::cast)
                .toList();
    }

    static Optional<Element> child(Element parent, String namespace, String name) {
        return children(parent, namespace, name).stream().findFirst();
    }

    /** All below it. */
    static List<Element> below(Element parent, String namespace, String name) {
        return stream(parent.getElementsByTagNameNS(namespace, name))
                .map(Element.class::cast)
                .toList();
    }

    static Optional<String> attribute(Element element, String name) {
        return element.hasAttribute(name) ? Optional.of(element.getAttribute(name)) : Optional.empty();
    }

    private static Stream<Node> stream(NodeList nodes) {
        return IntStream.range(0, nodes.getLength()).mapToObj(nodes::item);
    }
}
