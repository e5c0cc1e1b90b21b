package cloud.haneul.identity;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.ServiceModule;
import cloud.haneul.kernel.Setting;
import java.util.List;

/** The identity service in the catalogue. */
@Component
class IdentityModule implements ServiceModule {
    @Override
    public String name() {
        return "identity";
    }

    @Override
    public List<CatalogEntry> catalog() {
        return List.of(new CatalogEntry("identity", "keystone", "/identity"));
    }

    @Override
    public List<Setting<?>> settings() {
        return IdentitySettings.all();
    }

    @Override
    public List<SealedColumn> sealed() {
        return List.of(
                new SealedColumn("identity_token_key", "id", "sealed"),
                new SealedColumn("identity_credential", "id", "sealed"),
                new SealedColumn("identity_domain_config", "domain_id", "secrets"),
                new SealedColumn("identity_protocol", "place", "secret"),
                new SealedColumn("identity_protocol_saml", "place", "sealed_key"),
                new SealedColumn("identity_oauth1_consumer", "id", "sealed"),
                new SealedColumn("identity_oauth1_request_token", "id", "sealed"),
                new SealedColumn("identity_oauth1_access_token", "id", "sealed"));
    }
}
