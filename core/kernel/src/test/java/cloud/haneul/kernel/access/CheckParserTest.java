package cloud.haneul.kernel.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.kernel.Caller;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The policy language, construct by construct. */
class CheckParserTest {
    private static final Map<String, ?> NOTHING = Map.of();
    private static final Caller READER = Callers.inProject("reader");
    private static final Caller MEMBER = Callers.inProject("reader", "member");

    private enum Visibility {
        PUBLIC
    }

    @Test
    void theEmptyTextAndTheAtSignLetEverybodyIn() {
        assertThat(allowed("", READER, NOTHING)).isTrue();
        assertThat(allowed("@", READER, NOTHING)).isTrue();
        assertThat(allowed(List.of(), READER, NOTHING)).isTrue();
    }

    @Test
    void theExclamationMarkLetsNobodyIn() {
        assertThat(allowed("!", Callers.inSystem("admin"), NOTHING)).isFalse();
        assertThat(allowed("not !", READER, NOTHING)).isTrue();
    }

    @Test
    void aRoleIsHeldWhateverTheCaseItIsWrittenIn() {
        assertThat(allowed("role:Member", MEMBER, NOTHING)).isTrue();
        assertThat(allowed("role:MEMBER", READER, NOTHING)).isFalse();
    }

    @Test
    void aRoleMayBeNamedByTheTarget() {
        assertThat(allowed("role:%(needed)s", READER, Map.of("needed", "reader")))
                .isTrue();
        assertThat(allowed("role:%(needed)s", READER, Map.of("needed", "admin")))
                .isFalse();
        assertThat(allowed("role:%(needed)s", READER, NOTHING)).isFalse();
    }

    @Test
    void andBindsStrongerThanOrAndNotStrongerThanBoth() {
        assertThat(allowed("role:reader or role:x and role:y", READER, NOTHING)).isTrue();
        assertThat(allowed("(role:reader or role:x) and role:y", READER, NOTHING))
                .isFalse();
        assertThat(allowed("role:x and role:y or role:reader", READER, NOTHING)).isTrue();
        assertThat(allowed("not role:x and role:y", READER, NOTHING)).isFalse();
        assertThat(allowed("not (role:x and role:y)", READER, NOTHING)).isTrue();
        assertThat(allowed("not not role:reader", READER, NOTHING)).isTrue();
        assertThat(allowed("role:reader AND NOT role:x OR role:y", READER, NOTHING))
                .isTrue();
    }

    @Test
    void parenthesesMayTouchWordsOrStandAlone() {
        assertThat(allowed("((role:reader and (project_id:%(project_id)s)))", READER, Map.of("project_id", "p1")))
                .isTrue();
        assertThat(allowed("( ( role:reader ) )", READER, NOTHING)).isTrue();
        assertThat(parse("(role:a and role:b) or role:c or not (role:d)").toString())
                .isEqualTo("((role:a and role:b) or role:c or not role:d)");
    }

    @Test
    void theCallersProjectIsComparedWithTheTargets() {
        assertThat(allowed("project_id:%(project_id)s", READER, Map.of("project_id", "p1")))
                .isTrue();
        assertThat(allowed("project_id:%(project_id)s", READER, Map.of("project_id", "p2")))
                .isFalse();
    }

    @Test
    void whatTheTargetDoesNotSayNeverMatches() {
        assertThat(allowed("project_id:%(project_id)s", READER, NOTHING)).isFalse();
        assertThat(allowed("None:%(x)s", READER, NOTHING)).isFalse();
        assertThat(allowed("field:networks:shared=False", READER, NOTHING)).isFalse();
        assertThat(allowed("'a-b':%(x)s-%(y)s", READER, Map.of("x", "a"))).isFalse();
    }

    @Test
    void aCallerWithoutAProjectDoesNotOwnWhatBelongsToNoProject() {
        Map<String, Object> nobodys = new HashMap<>();
        nobodys.put("project_id", null);
        assertThat(allowed("project_id:%(project_id)s", Callers.inDomain("member"), nobodys))
                .isFalse();
        assertThat(allowed(
                        "project_id:%(project_id)s",
                        Callers.inDomain("member"), Map.of("project_id", Optional.empty())))
                .isFalse();
        assertThat(allowed("project_id:%(project_id)s", Callers.inDomain("member"), Map.of("project_id", "None")))
                .isFalse();
    }

    @Test
    void dottedNamesAreFoundFlatOrNested() {
        String check = "user_id:%(target.user.id)s";
        assertThat(allowed(check, READER, Map.of("target.user.id", "u1"))).isTrue();
        assertThat(allowed(check, READER, Map.of("target", Map.of("user", Map.of("id", "u1")))))
                .isTrue();
        assertThat(allowed(check, READER, Map.of("target.user", Map.of("id", "u1"))))
                .isTrue();
        assertThat(allowed(check, READER, Map.of("target", Map.of("user.id", "u1"))))
                .isTrue();
        assertThat(allowed(check, READER, Map.of("target", Map.of("user", "u1"))))
                .isFalse();
        assertThat(allowed(check, READER, Map.of("user", Map.of("id", "u1")))).isFalse();
    }

    @Test
    void literalsAreComparedWithTheTarget() {
        assertThat(allowed("'public':%(visibility)s", READER, Map.of("visibility", "public")))
                .isTrue();
        assertThat(allowed("\"public\":%(visibility)s", READER, Map.of("visibility", Visibility.PUBLIC)))
                .isTrue();
        assertThat(allowed("'public':%(visibility)s", READER, Map.of("visibility", "private")))
                .isFalse();
        assertThat(allowed("'a:b':%(x)s", READER, Map.of("x", "a:b"))).isTrue();
        assertThat(allowed("42:%(x)s", READER, Map.of("x", 42))).isTrue();
        assertThat(allowed("True:%(enabled)s", READER, Map.of("enabled", true))).isTrue();
        assertThat(allowed("True:%(enabled)s", READER, Map.of("enabled", false)))
                .isFalse();
        assertThat(allowed("False:%(enabled)s", READER, Map.of("enabled", false)))
                .isTrue();
        assertThat(allowed("None:%(x)s", READER, Map.of("x", Optional.empty()))).isTrue();
        assertThat(allowed("None:%(x)s", READER, Map.of("x", Optional.of("y")))).isFalse();
    }

    @Test
    void theTargetMayBeFilledIntoText() {
        UUID id = UUID.fromString("00000000-0000-0000-0000-000000000001");
        assertThat(allowed("'100%/00000000-0000-0000-0000-000000000001':100%%/%(id)s", READER, Map.of("id", id)))
                .isTrue();
        assertThat(parse("'x':100%%/%(id)s").toString()).isEqualTo("'x':100%%/%(id)s");
    }

    @Test
    void aConstantIsComparedWithTheCaller() {
        assertThat(allowed("user_id:u1", READER, NOTHING)).isTrue();
        assertThat(allowed("user_id:u2", READER, NOTHING)).isFalse();
        assertThat(allowed("domain_id:None", READER, NOTHING)).isTrue();
        assertThat(allowed("not domain_id:None", Callers.inDomain("reader"), NOTHING))
                .isTrue();
        assertThat(allowed("roles:reader", READER, NOTHING)).isTrue();
    }

    @Test
    void aListMatchesWhenOneOfItsElementsDoes() {
        assertThat(allowed("project_id:%(member_id)s", READER, Map.of("member_id", List.of("p3", "p1"))))
                .isTrue();
        assertThat(allowed("project_id:%(member_id)s", READER, Map.of("member_id", List.of("p3"))))
                .isFalse();
        assertThat(allowed("roles:%(wanted)s", READER, Map.of("wanted", List.of("admin", "reader"))))
                .isTrue();
        assertThat(allowed("service_roles:service", READER, NOTHING)).isFalse();
    }

    @Test
    void scopesAreThoseOfTheToken() {
        assertThat(allowed("system_scope:all", Callers.inSystem("reader"), NOTHING))
                .isTrue();
        assertThat(allowed("system_scope:all", READER, NOTHING)).isFalse();
        assertThat(allowed("domain_id:%(domain_id)s", Callers.inDomain("reader"), Map.of("domain_id", "d1")))
                .isTrue();
        assertThat(allowed("domain_id:%(domain_id)s", READER, Map.of("domain_id", "d1")))
                .isFalse();
        assertThat(allowed("token.domain.id:%(d)s", Callers.inDomain("reader"), Map.of("d", "d1")))
                .isTrue();
        assertThat(allowed("token.project.domain.id:%(d)s", READER, Map.of("d", "d1")))
                .isTrue();
        assertThat(allowed("is_admin_project:True", READER, NOTHING)).isTrue();
    }

    @Test
    void isAdminIsTheAdminRole() {
        assertThat(allowed("is_admin:True", Callers.inProject("admin"), NOTHING))
                .isTrue();
        assertThat(allowed("is_admin:1", Callers.inProject("admin"), NOTHING)).isTrue();
        assertThat(allowed("is_admin:True", MEMBER, NOTHING)).isFalse();
        assertThat(allowed("is_admin:False", MEMBER, NOTHING)).isTrue();
    }

    @Test
    void tenantProjectAndOwnerAreNamesOfOneThing() {
        assertThat(allowed("tenant_id:%(tenant_id)s", READER, Map.of("project_id", "p1")))
                .isTrue();
        assertThat(allowed("project_id:%(project_id)s", READER, Map.of("tenant_id", "p1")))
                .isTrue();
        assertThat(allowed("project_id:%(owner)s", READER, Map.of("project_id", "p1")))
                .isTrue();
        assertThat(allowed("project_id:%(owner)s", READER, Map.of("project_id", "p1", "owner", "p2")))
                .isFalse();
    }

    @Test
    void theOwnerOfARelatedResourceIsFoundByPrefix() {
        for (String prefix : List.of("network", "ext_parent", "security_group")) {
            String check = "tenant_id:%(" + prefix + ":tenant_id)s";
            assertThat(allowed(check, READER, Map.of(prefix + ":tenant_id", "p1")))
                    .isTrue();
            assertThat(allowed(check, READER, Map.of(prefix + ":project_id", "p1")))
                    .isTrue();
            assertThat(allowed(check, READER, Map.of(prefix, Map.of("project_id", "p1"))))
                    .isTrue();
            assertThat(allowed(check, READER, Map.of(prefix + ":tenant_id", "p2", "project_id", "p1")))
                    .isFalse();
            assertThat(allowed(check, READER, Map.of("project_id", "p1"))).isFalse();
        }
    }

    @Test
    void fieldsOfTheTargetAreComparedOrMatched() {
        assertThat(allowed("field:networks:shared=True", READER, Map.of("shared", true)))
                .isTrue();
        assertThat(allowed("field:networks:shared=True", READER, Map.of("shared", false)))
                .isFalse();
        assertThat(allowed("field:networks:router:external=True", READER, Map.of("router:external", true)))
                .isTrue();
        assertThat(allowed("field:rbac_policy:target_tenant=*", READER, Map.of("target_tenant", "*")))
                .isTrue();
        assertThat(allowed("field:port:device_owner=~^network:", READER, Map.of("device_owner", "network:dhcp")))
                .isTrue();
        assertThat(allowed("field:port:device_owner=~^network:", READER, Map.of("device_owner", "compute:nova")))
                .isFalse();
        assertThat(allowed("field:port:device_owner=~^(network|compute):", READER, Map.of("device_owner", "compute:x")))
                .isTrue();
        assertThat(allowed("(not field:port:device_owner=~(a|b))", READER, Map.of("device_owner", "c")))
                .isTrue();
    }

    @Test
    void theOlderListNotationIsAlternativesOfWordsThatAllHold() {
        assertThat(allowed(List.of("role:x", List.of("role:reader", "user_id:u1")), READER, NOTHING))
                .isTrue();
        assertThat(allowed(List.of(List.of("role:reader", "role:x")), READER, NOTHING))
                .isFalse();
        assertThat(allowed(List.of(List.of()), READER, NOTHING)).isFalse();
        assertThat(allowed(List.of("!", "@"), READER, NOTHING)).isTrue();
        for (Object notOneCheck : List.of("", "role:a and role:b", List.of(List.of("role:a")))) {
            assertThatThrownBy(() -> allowed(List.of(notOneCheck), READER, NOTHING))
                    .isInstanceOf(SyntaxError.class);
        }
    }

    @Test
    void mistakesAreNamedWithTheirPosition() {
        assertMistake("role:a and", 11, "a check is missing at the end");
        assertMistake("role:a or or role:b", 11, "a check is missing before 'or'");
        assertMistake("(role:a or role:b", 1, "this ( is not closed");
        assertMistake("role:a) or role:b", 7, "this ) closes nothing");
        assertMistake("role:a role:b", 8, "'and' or 'or' is missing before 'role:b'");
        assertMistake("(role:a)or role:b", 2, "leave a space");
        assertMistake("not(role:a)", 1, "nothing about a caller is called 'not(role'");
        assertMistake("role:a or admin", 11, "'admin' is not a check");
        assertMistake("   ", 4, "a check is missing");
        assertMistake("role:", 1, "the role's name is missing");
        assertMistake("projct_id:%(project_id)s", 1, "did you mean 'project_id'?");
        assertMistake("project_id:%(project_id)", 1, "written %(name)s");
        assertMistake("project_id:%project_id", 1, "written %(name)s");
        assertMistake("'public:%(visibility)s", 1, "is not closed");
        assertMistake("\"a check\"", 1, "has no colon");
        assertMistake("field:networks", 1, "field:networks:shared=True");
        assertMistake("field:port:device_owner=~[", 1, "bad regular expression");
        assertMistake("http://policy.example/check", 1, "not supported");
        assertMistake("is_admin:maybe", 1, "is_admin is True or False");
        assertMistake("(".repeat(101) + "@" + ")".repeat(101), 101, "levels");
    }

    @Test
    void aCheckIsWrittenBackInItsLanguage() {
        String text =
                "(rule:x or (role:a and not project_id:%(project_id)s) or 'b':%(c)s or field:n:shared=True or @ or !)";
        assertThat(parse(text).toString()).isEqualTo(text);
    }

    private static void assertMistake(String check, int position, String words) {
        assertThatThrownBy(() -> parse(check)).isInstanceOfSatisfying(SyntaxError.class, error -> {
            assertThat(error.getMessage()).contains(words);
            assertThat(error.position()).isEqualTo(position);
        });
    }

    private static Check parse(String check) {
        return CheckParser.parse(check, (name, position) -> new Check.Never());
    }

    private static boolean allowed(String check, Caller caller, Map<String, ?> target) {
        return parse(check).test(caller, target);
    }

    private static boolean allowed(List<?> check, Caller caller, Map<String, ?> target) {
        return CheckParser.parse(check, (name, position) -> new Check.Never()).test(caller, target);
    }
}
