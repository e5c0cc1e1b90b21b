package cloud.haneul.kernel;

import java.util.List;

/**
 * What a service says of itself to the rest of the house; one {@link Component} per service jar, found by CDI. Everything a
 * service contributes by kind (operation types, reconcilers, REST resources) is found as beans, so this stays short. Access asks
 * every module when it is made itself, hence a module must not need anything injected.
 */
public interface ServiceModule {

    /** The service's room, for instance {@code compute}; its policy defaults are {@code policy/<name>.yaml}. */
    String name();

    /** Entries of the service catalogue; several when clients know the service by several types. */
    default List<CatalogEntry> catalog() {
        return List.of();
    }

    /** Configuration keys, for checks, masking and the generated documentation. */
    default List<Setting<?>> settings() {
        return List.of();
    }

    /** Quota resources with their defaults. */
    default List<QuotaResource> quotas() {
        return List.of();
    }

    /** Columns that hold what {@link Vault} sealed, so that it can be sealed again with a newer key. */
    default List<SealedColumn> sealed() {
        return List.of();
    }

    /**
     * @param key the table's primary key, of one column
     * @param column null or empty where there is no secret
     */
    record SealedColumn(String table, String key, String column) {}

    /**
     * @param type service type, such as {@code compute}
     * @param name the service's name as tools know it, such as {@code nova}
     * @param path path on this server; {@code %(project_id)s} is replaced by the token's project
     */
    record CatalogEntry(String type, String name, String path) {}

    /**
     * @param name resource name in the API, such as {@code cores}
     * @param defaultLimit limit of a project without one of its own; -1 is unlimited
     * @param counted false for limits on one request (metadata items), which nothing accumulates
     * @param unifiedName what the resource is called among OpenStack's unified limits, such as {@code class:VCPU}
     */
    record QuotaResource(String name, long defaultLimit, boolean counted, String unifiedName) {
        public QuotaResource(String name, long defaultLimit, boolean counted) {
            this(name, defaultLimit, counted, name);
        }
    }
}
