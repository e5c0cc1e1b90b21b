package cloud.haneul.kernel.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CadfTest {
    @ParameterizedTest
    @CsvSource({
        "identity:create_user, create",
        "identity:authenticate, authenticate",
        "identity:add_user_to_group, create",
        "identity:remove_user_from_group, delete",
        "os_compute_api:servers:delete, delete",
        "os_compute_api:servers:start, start",
        "os_compute_api:servers:reboot, update/reboot",
        "delete_network, delete",
        "POST /compute/v2.1/servers/{id}/action, update",
        "POST /network/v2.0/networks, create",
        "POST /dashboard/mappings.xhtml, update",
        "GET /dashboard/users.xhtml, read",
        "PATCH /image/v2/images/{id}, update",
        "DELETE /image/v2/images/{id}, delete",
    })
    void aRuleIsOneOfCadfsActions(String rule, String action) {
        assertThat(Cadf.action(rule)).isEqualTo(action);
    }
}
