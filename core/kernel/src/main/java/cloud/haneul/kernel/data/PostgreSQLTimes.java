package cloud.haneul.kernel.data;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.eclipse.persistence.internal.helper.DatabaseField;
import org.eclipse.persistence.platform.database.PostgreSQLPlatform;

/**
 * PostgreSQL that takes an {@link Instant} also where no mapping says how, as a query's parameter; and that is left to find out
 * what type of column a null goes to: EclipseLink thinks of text where a converter is at work, which PostgreSQL refuses.
 */
public class PostgreSQLTimes extends PostgreSQLPlatform {
    private static final long serialVersionUID = 1L;

    @Override
    public Object convertToDatabaseType(Object value) {
        return super.convertToDatabaseType(
                value instanceof Instant instant ? OffsetDateTime.ofInstant(instant, ZoneOffset.UTC) : value);
    }

    @Override
    public int getJDBCTypeForSetNull(DatabaseField field) {
        return Types.NULL;
    }
}
