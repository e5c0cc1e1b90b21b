package cloud.haneul.kernel.testing;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.spi.PersistenceProvider;
import jakarta.persistence.spi.PersistenceUnitInfo;
import jakarta.persistence.spi.ProviderUtil;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Makes persistence unit {@code haneul} of all {@code META-INF/haneul/*-orm.xml} on the class path, so that a service can be
 * tested without the WAR whose persistence.xml names them.
 */
public final class TestPersistence implements PersistenceProvider {
    private final PersistenceProvider real = new org.eclipse.persistence.jpa.PersistenceProvider();

    @Override
    public EntityManagerFactory createEntityManagerFactory(String unit, Map given) {
        if (!unit.equals("haneul")) {
            return null;
        }
        DataSource source = new Statements((DataSource) given.get("jakarta.persistence.nonJtaDataSource"));
        Map<String, Object> properties = new HashMap<>();
        given.forEach((key, value) -> properties.put((String) key, value));
        properties.put("jakarta.persistence.nonJtaDataSource", source);
        properties.put("eclipselink.weaving", "false");
        // each factory its own session, also of several clouds in one JVM
        properties.put("eclipselink.session-name", "haneul-test-" + System.identityHashCode(source));
        properties.put("eclipselink.logging.level", "WARNING");
        return real.createContainerEntityManagerFactory(new TestUnit(unit, source), properties);
    }

    @Override
    public EntityManagerFactory createContainerEntityManagerFactory(PersistenceUnitInfo info, Map properties) {
        return null;
    }

    @Override
    public void generateSchema(PersistenceUnitInfo info, Map properties) {
        throw new UnsupportedOperationException("The schema comes from the migrations");
    }

    @Override
    public boolean generateSchema(String unit, Map properties) {
        return false;
    }

    @Override
    public ProviderUtil getProviderUtil() {
        return real.getProviderUtil();
    }
}
