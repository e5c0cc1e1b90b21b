package cloud.haneul.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LdapEnabledTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "maybe", "2", "FALS", "TRUE FALSE", "null", "wahr", "-", "ja"})
    void whoIsNotSurelyEnabledIsNot(String unclear) {
        assertThat(LdapEnabled.isEnabled(unclear, 0, false)).isFalse();
        assertThat(LdapEnabled.isEnabled(unclear, 0, true)).isFalse();
        assertThat(LdapEnabled.isEnabled(unclear + "x", 2, false)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRUE", "true", "Yes", "on", "1"})
    void yesIsYesAndItsOppositeNo(String yes) {
        assertThat(LdapEnabled.isEnabled(yes, 0, false)).isTrue();
        assertThat(LdapEnabled.isEnabled(yes, 0, true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FALSE", "false", "No", "off", "0"})
    void noIsNoAndItsOppositeYes(String no) {
        assertThat(LdapEnabled.isEnabled(no, 0, false)).isFalse();
        assertThat(LdapEnabled.isEnabled(no, 0, true)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"514", "2", "66050", "-1"})
    void theBitForDisabledIsSeenAmongOthers(String account) {
        assertThat(LdapEnabled.isEnabled(account, 2, false)).isFalse();
        assertThat(LdapEnabled.isEnabled("512", 2, false)).isTrue();
    }
}
