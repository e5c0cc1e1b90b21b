package cloud.haneul.kernel.data;

import cloud.haneul.kernel.Setting;
import java.util.List;

/** The database's configuration keys, for the documentation. */
public final class DatabaseSettings {
    private DatabaseSettings() {}

    public static List<Setting<?>> all() {
        return PersistenceUnit.settings();
    }
}
