package cloud.haneul.kernel.testing;

import jakarta.persistence.SharedCacheMode;
import jakarta.persistence.ValidationMode;
import jakarta.persistence.spi.ClassTransformer;
import jakarta.persistence.spi.PersistenceUnitInfo;
import jakarta.persistence.spi.PersistenceUnitTransactionType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** What the WAR's persistence.xml says, with the mapping files found instead of named. */
record TestUnit(String name, DataSource source) implements PersistenceUnitInfo {
    private static final String FOLDER = "META-INF/haneul/";

    @Override
    public List<String> getMappingFileNames() {
        Set<String> found = new TreeSet<>();
        try {
            for (URL url : Collections.list(getClassLoader().getResources(FOLDER))) {
                if (url.openConnection() instanceof JarURLConnection jar) {
                    jar.getJarFile().stream()
                            .map(entry -> entry.getName())
                            .filter(entry -> entry.startsWith(FOLDER) && entry.endsWith("-orm.xml"))
                            .forEach(found::add);
                } else {
                    try (Stream<Path> files = Files.list(Path.of(url.toURI()))) {
                        files.map(file -> file.getFileName().toString())
                                .filter(file -> file.endsWith("-orm.xml"))
                                .forEach(file -> found.add(FOLDER + file));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return List.copyOf(found);
    }

    @Override
    public String getPersistenceUnitName() {
        return name;
    }

    @Override
    public String getPersistenceProviderClassName() {
        return "org.eclipse.persistence.jpa.PersistenceProvider";
    }

    @Override
    public PersistenceUnitTransactionType getTransactionType() {
        return PersistenceUnitTransactionType.RESOURCE_LOCAL;
    }

    @Override
    public DataSource getJtaDataSource() {
        return null;
    }

    @Override
    public DataSource getNonJtaDataSource() {
        return source;
    }

    @Override
    public List<URL> getJarFileUrls() {
        return List.of();
    }

    @Override
    public URL getPersistenceUnitRootUrl() {
        // nothing is listed by it, but it is searched: something small
        return TestUnit.class.getProtectionDomain().getCodeSource().getLocation();
    }

    @Override
    public List<String> getManagedClassNames() {
        return List.of();
    }

    @Override
    public boolean excludeUnlistedClasses() {
        return true;
    }

    @Override
    public SharedCacheMode getSharedCacheMode() {
        return SharedCacheMode.NONE;
    }

    @Override
    public ValidationMode getValidationMode() {
        return ValidationMode.NONE;
    }

    @Override
    public Properties getProperties() {
        return new Properties();
    }

    @Override
    public String getPersistenceXMLSchemaVersion() {
        return "3.1";
    }

    @Override
    public ClassLoader getClassLoader() {
        return TestUnit.class.getClassLoader();
    }

    @Override
    public ClassLoader getNewTempClassLoader() {
        return getClassLoader();
    }

    @Override
    public void addTransformer(ClassTransformer transformer) {
        // nothing is woven
    }
}
