package cloud.haneul.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.kernel.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicKeyTextTest {
    @Test
    void aKeyMadeHereIsOneOthersRead() {
        SshKeys.Pair pair = SshKeys.generate("me");
        PublicKeyText key = PublicKeyText.parse(pair.publicKey() + "\n");
        assertThat(key.fingerprint()).matches("([0-9a-f]{2}:){15}[0-9a-f]{2}");
        assertThat(pair.privateKey()).startsWith("-----BEGIN OPENSSH PRIVATE KEY-----\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ssh-rsa",
                "ssh-rsa not-base-64!",
                "ssh-rsa AAAA",
                "ssh-ed25519 AAAAB3NzaC1yc2EAAAADAQABAAABAQ== wrong type inside",
                "command=\"rm\" ssh-rsa AAAAB3NzaC1yc2E=",
                "<script>alert(1)</script>"
            })
    void whatIsNoKeyIsRefusedByName(String text) {
        assertThatThrownBy(() -> PublicKeyText.parse(text))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.field()).contains("public_key"));
    }
}
