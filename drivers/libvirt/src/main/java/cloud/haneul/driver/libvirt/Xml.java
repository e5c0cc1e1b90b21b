package cloud.haneul.driver.libvirt;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes XML for libvirt. Whatever text is put in comes out escaped, and in ASCII: the native binding encodes strings by the
 * process' locale, which is often plain C in a service. Characters that XML 1.0 cannot carry become U+FFFD.
 */
final class Xml {
    private static final char REPLACEMENT = '\uFFFD';

    private final XMLStreamWriter writer;

    private Xml(XMLStreamWriter writer) {
        this.writer = writer;
    }

    static String write(Consumer<Xml> content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, "US-ASCII");
            content.accept(new Xml(writer));
            // without it a single empty element stays open
            writer.writeEndDocument();
            writer.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML could not be written", e);
        }
        return bytes.toString(StandardCharsets.US_ASCII);
    }

    /** @param attributes name, value, name, value ... */
    Xml element(String name, Consumer<Xml> content, String... attributes) {
        try {
            writer.writeStartElement(name);
            attributes(attributes);
            content.accept(this);
            writer.writeEndElement();
            return this;
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML element " + name + " could not be written", e);
        }
    }

    Xml empty(String name, String... attributes) {
        try {
            writer.writeEmptyElement(name);
            attributes(attributes);
            return this;
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML element " + name + " could not be written", e);
        }
    }

    Xml text(String name, String text, String... attributes) {
        return element(name, xml -> xml.characters(text), attributes);
    }

    private void characters(String text) {
        try {
            writer.writeCharacters(sane(text));
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML text could not be written", e);
        }
    }

    private void attributes(String... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            writer.writeAttribute(attributes[i], sane(attributes[i + 1]));
        }
    }

    private static String sane(String text) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints().map(c -> isAllowed(c) ? c : REPLACEMENT).forEach(result::appendCodePoint);
        return result.toString();
    }

    private static boolean isAllowed(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000;
    }
}
