package cloud.haneul.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "2001:db8:0:1:0:0:0:1, 2001:db8:0:1::1",
        "::, ::",
        "::1, ::1",
        "1:0:1:0:1:0:1:0, 1:0:1:0:1:0:1:0",
        "fe80::a9fe:a9fe, fe80::a9fe:a9fe",
        "::ffff:10.0.0.1, ::ffff:a00:1",
        "1::, 1::"
    })
    void anAddressHasOneText(String text, String canonical) {
        assertThat(Ip.parse(text)).map(Ip::toString).contains(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0",
                "10.0.0.256",
                "010.0.0.1",
                "1::2::3",
                "12345::",
                "1:2:3:4:5:6:7:8:9",
                "example.org",
                "10.0.0.1/24",
                ":::",
                "1:2:3:4:5:6:7"
            })
    void whatIsNoAddressIsRefused(String text) {
        assertThat(Ip.parse(text)).isEmpty();
    }

    @Test
    void hostBitsOfARangeAreCleared() {
        assertThat(Cidr.parse("10.0.0.77/24")).map(Cidr::toString).contains("10.0.0.0/24");
        assertThat(Cidr.parse("10.0.0.0/33")).isEmpty();
        assertThat(Cidr.parse("10.0.0.0/24")
                        .orElseThrow()
                        .isHost(Ip.parse("10.0.0.255").orElseThrow()))
                .isFalse();
        assertThat(Cidr.parse("10.0.0.0/31")
                        .orElseThrow()
                        .isHost(Ip.parse("10.0.0.0").orElseThrow()))
                .isTrue();
    }
}
