package cloud.haneul.identity.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.With;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A domain whose directory is asked over TLS, by {@code ldaps} or StartTLS, with somebody on the wire. */
@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
@With("haneul.identity.login-failures=100")
class LdapTlsTest {
    private final ApiClient api;
    private Authority authority;
    private Slapd slapd;
    private String domain;

    @TempDir
    private Path folder;

    LdapTlsTest(TestCloud cloud) {
        api = ApiClient.admin(cloud);
    }

    @BeforeEach
    void authority() {
        assumeTrue(Slapd.isInstalled(), "slapd is not installed");
        authority = new Authority(folder, "authority");
        domain = api.made("/domains", "{\"domain\":{\"name\":\"d" + System.nanoTime() + "\"}}");
    }

    @AfterEach
    void close() {
        api.close();
        if (slapd != null) {
            slapd.close();
        }
    }

    private void directory(Optional<Authority.Signed> certificate) {
        slapd = new Slapd(certificate);
        slapd.person("ann");
    }

    /** What a login of ann's with the right password is told, and whether her password was heard on the wire. */
    private record Told(int status, boolean heard) {}

    private Told login(String scheme, String more) {
        try (Wiretap wire = new Wiretap(scheme.equals("ldaps") ? slapd.tlsPort() : slapd.port())) {
            assertThat(api.put("/domains/" + domain + "/config", """
                    {"config":{"identity":{"driver":"ldap"},"ldap":{
                      "url":"%s://localhost:%d","user":"%s","password":"%s",
                      "user_tree_dn":"ou=people,%s","group_tree_dn":"ou=teams,%s",
                      "user_id_attribute":"uid","user_name_attribute":"uid"%s}}}""".formatted(
                                    scheme, wire.port(), Slapd.ADMIN, Slapd.PASSWORD, Slapd.SUFFIX, Slapd.SUFFIX, more))
                            .status())
                    .isIn(200, 201);
            int status = api.login("ann", domain, "ann-pw", "").status();
            String heard = wire.heard();
            assertThat(heard).isNotEmpty();
            return new Told(status, heard.contains("ann-pw") || heard.contains(Slapd.PASSWORD));
        }
    }

    private static String trusting(Authority authority) {
        return ",\"tls_cacertfile\":\"" + authority.file() + "\"";
    }

    @Test
    void withoutTlsPasswordsAreHeardOnTheWire() {
        directory(Optional.empty());
        assertThat(login("ldap", "")).isEqualTo(new Told(201, true));
    }

    @Test
    void overTlsTheyAreNot() {
        directory(Optional.of(authority.sign("server", "--subject-alternative-name-dns localhost")));
        assertThat(login("ldaps", trusting(authority))).isEqualTo(new Told(201, false));
        assertThat(login("ldap", ",\"use_tls\":true" + trusting(authority))).isEqualTo(new Told(201, false));
        assertThat(api.login("ann", domain, "wrong", "").status()).isNotEqualTo(201);
    }

    @Test
    void aServerOfAnotherAuthorityIsToldNothing() {
        directory(Optional.of(authority.sign("server", "--subject-alternative-name-dns localhost")));
        Authority other = new Authority(folder, "other");
        assertThat(login("ldaps", trusting(other))).isEqualTo(new Told(503, false));
        assertThat(login("ldap", ",\"use_tls\":true" + trusting(other))).isEqualTo(new Told(503, false));
        // the authorities that the machine trusts do not know it either
        assertThat(login("ldaps", "")).isEqualTo(new Told(503, false));
        assertThat(login("ldap", ",\"use_tls\":true,\"tls_req_cert\":\"allow\""))
                .isEqualTo(new Told(503, false));
        // unless nobody is to look
        assertThat(login("ldaps", ",\"tls_req_cert\":\"never\"")).isEqualTo(new Told(201, false));
    }

    @Test
    void aServerWithACertificateForAnotherPlaceIsToldNothing() {
        directory(Optional.of(authority.sign("server", "--subject-alternative-name-dns directory.example.org")));
        assertThat(login("ldaps", trusting(authority))).isEqualTo(new Told(503, false));
        assertThat(login("ldap", ",\"use_tls\":true" + trusting(authority))).isEqualTo(new Told(503, false));
    }

    @Test
    void whereTlsIsWantedAServerWithoutIsToldNothing() {
        directory(Optional.empty());
        assertThat(login("ldap", ",\"use_tls\":true" + trusting(authority))).isEqualTo(new Told(503, false));
        assertThat(login("ldap", ",\"use_tls\":true,\"tls_req_cert\":\"never\""))
                .isEqualTo(new Told(503, false));
    }

    @Test
    void anAuthorityThatCannotBeReadIsNoneAndLetsNobodyIn() {
        directory(Optional.of(authority.sign("server", "--subject-alternative-name-dns localhost")));
        api.put("/domains/" + domain + "/config", """
                {"config":{"identity":{"driver":"ldap"},"ldap":{"url":"ldaps://localhost:%d",
                  "user_tree_dn":"ou=people,%s","tls_cacertfile":"%s"}}}""".formatted(
                        slapd.tlsPort(), Slapd.SUFFIX, folder.resolve("none.pem")));
        assertThat(api.login("ann", domain, "ann-pw", "").status()).isEqualTo(503);
    }
}
