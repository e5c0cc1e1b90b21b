package cloud.haneul.driver.ovn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.network.SecurityGroupSpec.Rule;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AclMatchTest {
    private static final Integer ANY = null;

    @Test
    void aRuleWithoutAnythingMatchesItsFamily() {
        assertThat(match(true, false, ANY, ANY, ANY, "")).isEqualTo("outport == @pg && ip4");
        assertThat(match(false, true, ANY, ANY, ANY, "")).isEqualTo("inport == @pg && ip6");
    }

    @Test
    void portsAreARangeOrOneOrAll() {
        assertThat(match(true, false, 6, 22, 22, "")).endsWith("ip4 && tcp && tcp.dst == 22");
        assertThat(match(true, false, 17, 1000, 2000, "")).endsWith("udp && udp.dst >= 1000 && udp.dst <= 2000");
        assertThat(match(true, false, 132, 1, 65535, "")).endsWith("sctp && sctp.dst >= 1");
        assertThat(match(true, false, 6, ANY, ANY, "")).endsWith("ip4 && tcp");
    }

    @Test
    void icmpHasTypeAndCodeOfItsFamily() {
        assertThat(match(true, false, 1, 8, 0, "")).endsWith("icmp4 && icmp4.type == 8 && icmp4.code == 0");
        assertThat(match(true, true, 58, 128, ANY, "")).endsWith("icmp6 && icmp6.type == 128");
        assertThat(match(true, true, 1, ANY, ANY, "")).endsWith("ip6 && icmp6");
    }

    @Test
    void anyOtherProtocolIsItsNumber() {
        assertThat(match(false, false, 47, ANY, ANY, "")).endsWith("ip4 && ip.proto == 47");
        assertThat(match(false, false, 0, ANY, ANY, "")).endsWith("ip4 && ip.proto == 0");
    }

    @Test
    void theOtherSideIsAPrefixOrTheAddressesOfAGroup() {
        assertThat(match(true, false, ANY, ANY, ANY, "10.0.0.0/8")).endsWith("ip4.src == 10.0.0.0/8");
        assertThat(match(false, true, ANY, ANY, ANY, "fd00::/64")).endsWith("ip6.dst == fd00::/64");
        assertThat(match(true, false, ANY, ANY, ANY, "0.0.0.0/0")).isEqualTo("outport == @pg && ip4");
        UUID group = UUID.fromString("11111111-2222-3333-4444-555555555555");
        Rule rule = new Rule(
                UUID.randomUUID(),
                true,
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(group));
        assertThat(AclMatch.of("pg", rule)).endsWith("ip6.src == $pg_11111111_2222_3333_4444_555555555555_ip6");
    }

    @Test
    void whatIsNoAddressGetsIntoNoExpression() {
        for (String prefix : new String[] {
            "10.0.0.0/8 || 1", "10.0.0.0/33", "10.0.0.256", "$set", "localhost", "", "fd00::/64", "10.0.0.0/8/8"
        }) {
            assertThatThrownBy(() -> match(true, false, ANY, ANY, ANY, prefix + (prefix.isEmpty() ? "/" : "")))
                    .as(prefix)
                    .isInstanceOf(DriverException.class);
        }
        assertThatThrownBy(() -> match(true, false, 6, 2, 1, "")).isInstanceOf(DriverException.class);
        assertThatThrownBy(() -> match(true, false, 6, 1, 65536, "")).isInstanceOf(DriverException.class);
        assertThatThrownBy(() -> match(true, false, 256, ANY, ANY, "")).isInstanceOf(DriverException.class);
        assertThatThrownBy(() -> match(true, false, 1, 256, ANY, "")).isInstanceOf(DriverException.class);
    }

    private static String match(
            boolean ingress, boolean v6, Integer protocol, Integer min, Integer max, String prefix) {
        return AclMatch.of(
                "pg",
                new Rule(
                        UUID.randomUUID(),
                        ingress,
                        v6,
                        Optional.ofNullable(protocol),
                        Optional.ofNullable(min),
                        Optional.ofNullable(max),
                        Optional.of(prefix).filter(text -> !text.isEmpty()),
                        Optional.empty()));
    }
}
