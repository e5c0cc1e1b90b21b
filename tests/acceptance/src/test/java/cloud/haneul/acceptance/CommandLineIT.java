package cloud.haneul.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The {@link Journey} with a real guest on a real network, which a machine outside of the cloud can reach, or not. */
class CommandLineIT extends Journey {
    @RegisterExtension
    static final SharedCloud CLOUD = SharedCloud.real();

    private static final Duration SOON = Duration.ofSeconds(60);

    private Namespace outside;

    @Override
    Cloud cloud() {
        return CLOUD.cloud();
    }

    private static BackEnds backEnds() {
        return BackEnds.ofEnvironment();
    }

    @AfterAll
    void theMachineOutsideGoes() {
        if (outside != null) {
            outside.close();
        }
    }

    @Test
    @Order(130)
    void aMachineOutsideReachesTheGuest() {
        outside = Namespace.onPublicNetwork(backEnds());

        await("ping").atMost(SOON).until(() -> outside.pings(floatingIp));
        await("ssh").atMost(SOON).untilAsserted(() -> assertThat(outside.ssh(key, "haneul", floatingIp, "hostname")
                        .orFail()
                        .out()
                        .strip())
                .isEqualTo("journey"));
    }

    @Test
    @Order(131)
    void theGuestKnowsItselfFromTheMetadataService() {
        String name = outside.ssh(
                        key,
                        "haneul",
                        floatingIp,
                        "wget -q -O - http://169.254.169.254/openstack/latest/meta_data.json")
                .orFail()
                .out();

        assertThat(name).contains(server);
    }

    @Test
    @Order(140)
    void withoutTheRulesTheGuestIsOutOfReach() {
        ingressRules().values().forEach(rule -> member().must("security", "group", "rule", "delete", rule));

        await("no ping").atMost(SOON).until(() -> !outside.pings(floatingIp));
        assertThat(outside.ssh(key, "haneul", floatingIp, "hostname").worked()).isFalse();
    }

    @Override
    void assertThatNothingIsLeftOfTheServer() {
        assertThat(Remains.ofDomains(backEnds())).doesNotContain(server);
        assertThat(Remains.ofDisks(backEnds())).noneMatch(line -> line.contains(server));
        await().atMost(SOON).untilAsserted(() -> assertThat(Remains.inOvn(backEnds()))
                .noneMatch(row -> row.contains(port))
                .noneMatch(row -> row.contains(server)));
    }

    @Override
    void assertThatNothingIsLeftOfTheNetwork() {
        await().atMost(SOON).untilAsserted(() -> assertThat(Remains.inOvn(backEnds()))
                .noneMatch(row -> row.contains(network))
                .noneMatch(row -> row.contains(router))
                .noneMatch(row -> row.contains(floatingIp)));
    }
}
