package cloud.haneul.identity;

import static cloud.haneul.identity.World.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordHashesTest {
    private final PasswordHashes hashes = new PasswordHashes();

    @Test
    void aPasswordIsKeptAsArgon2idWithTheMeasuredCost() {
        String hash = hashes.hash(PASSWORD);
        assertThat(hash).startsWith("$shiro2$argon2id$v=19$t=2,m=19456,p=1$").doesNotContain(PASSWORD);
        assertThat(hashes.hash(PASSWORD)).isNotEqualTo(hash);
        assertThat(hashes.matches(PASSWORD, hash)).isTrue();
        assertThat(hashes.matches(PASSWORD + " ", hash)).isFalse();
        assertThat(hashes.isOutdated(hash)).isFalse();
        assertThat(hashes.isOutdated(hash.replace("t=2", "t=1"))).isTrue();
    }

    @Test
    void wastingTimeCostsWhatCheckingDoes() {
        hashes.waste("anything");
    }
}
