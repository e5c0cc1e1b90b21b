package cloud.haneul.portal.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.kernel.ServiceModule;
import cloud.haneul.kernel.ServiceModule.SealedColumn;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.testing.TestCloud;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.CDI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is sealed anew with another master key: a column that is named wrongly would lose its secrets with the older key. */
@ExtendWith(TestCloud.class)
class SealedColumnsTest {
    private final Database database;

    SealedColumnsTest(Database database) {
        this.database = database;
    }

    @Test
    void everyServiceNamesColumnsThatAreThere() {
        List<SealedColumn> columns = CDI.current().select(ServiceModule.class, Any.Literal.INSTANCE).stream()
                .flatMap(module -> module.sealed().stream())
                .toList();
        assertThat(columns).hasSize(9);
        for (SealedColumn column : columns) {
            String query = "select %1$s, max(%2$s) from %3$s where %2$s <> '' group by %1$s"
                    .formatted(column.key(), column.column(), column.table());
            List<?> rows = database.read(
                    em -> em.createNativeQuery(query).setMaxResults(1).getResultList());
            assertThat(rows).as(query).hasSizeLessThanOrEqualTo(1);
        }
    }
}
