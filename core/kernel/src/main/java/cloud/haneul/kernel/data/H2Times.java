package cloud.haneul.kernel.data;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.eclipse.persistence.platform.database.H2Platform;

/** H2 that takes an {@link Instant} also where no mapping says how: as a query's parameter. */
public class H2Times extends H2Platform {
    private static final long serialVersionUID = 1L;

    @Override
    public Object convertToDatabaseType(Object value) {
        return super.convertToDatabaseType(
                value instanceof Instant instant ? OffsetDateTime.ofInstant(instant, ZoneOffset.UTC) : value);
    }
}
