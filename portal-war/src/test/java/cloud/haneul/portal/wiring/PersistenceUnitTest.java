package cloud.haneul.portal.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.persistence.Converter;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.MappedSuperclass;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What is forgotten in the one persistence unit shows only when the server starts, and as an error that names something else. */
class PersistenceUnitTest {

    @Test
    void everyMappedClassOfEveryJarIsPartOfTheUnit() throws Exception {
        Set<String> mapped = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("cloud.haneul").stream()
                        .filter(PersistenceUnitTest::isMapped)
                        .map(JavaClass::getName)
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(classesOfTheUnit()).containsExactlyInAnyOrderElementsOf(mapped);
    }

    private static boolean isMapped(JavaClass type) {
        return type.isAnnotatedWith(Entity.class)
                || type.isAnnotatedWith(Embeddable.class)
                || type.isAnnotatedWith(MappedSuperclass.class)
                || type.isAnnotatedWith(Converter.class);
    }

    private static List<String> classesOfTheUnit() throws Exception {
        List<String> classes = new ArrayList<>();
        NodeList files = parse("META-INF/persistence.xml").getElementsByTagName("mapping-file");
        for (int i = 0; i < files.getLength(); i++) {
            Document mapping = parse(files.item(i).getTextContent().strip());
            for (String kind : List.of("entity", "embeddable", "mapped-superclass", "converter")) {
                NodeList named = mapping.getElementsByTagName(kind);
                for (int j = 0; j < named.getLength(); j++) {
                    classes.add(((Element) named.item(j)).getAttribute("class"));
                }
            }
        }
        return classes;
    }

    private static Document parse(String resource) throws IOException, SAXException, ParserConfigurationException {
        try (InputStream in = PersistenceUnitTest.class.getClassLoader().getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
        }
    }
}
