package cloud.haneul.portal.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class CloudInitTest {
    @Test
    void nothingWishedIsNoUserData() {
        assertThat(CloudInit.of("", "", "")).isEmpty();
    }

    @Test
    void aUserGetsHisKeyAndPassword() {
        Map<String, Object> config = read(CloudInit.of("ann", "s3: {cret}", "ssh-ed25519 AAAA ann's key"));
        assertThat(config.get("users"))
                .asList()
                .last()
                .isEqualTo(Map.of(
                        "name", "ann",
                        "shell", "/bin/sh",
                        "sudo", "ALL=(ALL) NOPASSWD:ALL",
                        "lock_passwd", false,
                        "ssh_authorized_keys", List.of("ssh-ed25519 AAAA ann's key")));
        assertThat(config.get("chpasswd")).isEqualTo(Map.of("expire", false, "list", "ann:s3: {cret}\n"));
        assertThat(config.get("ssh_pwauth")).isEqualTo(true);
    }

    @Test
    void aPasswordAloneIsForTheImagesOwnUser() {
        assertThat(read(CloudInit.of("", "it's #1", ""))).containsEntry("password", "it's #1");
    }

    @Test
    void aLineBreakInAFieldCannotAddConfiguration() {
        Map<String, Object> config = read(CloudInit.of("", "x'\nruncmd: [reboot]", "ssh-rsa A\nbootcmd: [reboot]"));
        assertThat(config).doesNotContainKeys("runcmd", "bootcmd");
    }

    @Test
    void aUserNameIsOneWord() {
        assertThat(CloudInit.USER.matcher("ann_2-b").matches()).isTrue();
        assertThat(CloudInit.USER.matcher("ann: {}").matches()).isFalse();
        assertThat(CloudInit.USER.matcher("ann\nroot").matches()).isFalse();
    }

    private static Map<String, Object> read(String text) {
        assertThat(text).startsWith("#cloud-config\n");
        return new Yaml().load(text);
    }
}
