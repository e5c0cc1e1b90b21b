package cloud.haneul.driver.libvirt;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads XML that libvirt answers with, by paths of plain element names. Namespace prefixes are ignored. */
final class XmlView {
    private final Element element;

    private XmlView(Element element) {
        this.element = element;
    }

    static XmlView of(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return new XmlView(factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)))
                    .getDocumentElement());
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException("libvirt answered with XML that cannot be read", e);
        }
    }

    /** All elements at the path below this one, in document order. */
    List<XmlView> all(String... path) {
        List<XmlView> level = List.of(this);
        for (String name : path) {
            List<XmlView> next = new ArrayList<>();
            level.forEach(view -> view.addChildren(name, next));
            level = next;
        }
        return level;
    }

    Optional<XmlView> first(String... path) {
        return all(path).stream().findFirst();
    }

    /** Text of the element at the path, of this one without a path. */
    Optional<String> text(String... path) {
        return first(path).map(view -> view.element.getTextContent().trim()).filter(text -> !text.isEmpty());
    }

    Optional<String> attribute(String name) {
        return Optional.of(element.getAttribute(name)).filter(value -> !value.isEmpty());
    }

    private void addChildren(String name, List<XmlView> target) {
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element found && found.getLocalName().equals(name)) {
                target.add(new XmlView(found));
            }
        }
    }
}
