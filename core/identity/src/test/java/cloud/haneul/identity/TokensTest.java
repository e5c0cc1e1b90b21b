package cloud.haneul.identity;

import static cloud.haneul.identity.World.PASSWORD;
import static cloud.haneul.identity.World.in;
import static cloud.haneul.identity.World.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.identity.Login.DomainRef;
import cloud.haneul.identity.Login.OfProject;
import cloud.haneul.identity.Login.ProjectRef;
import cloud.haneul.identity.Login.Scope;
import cloud.haneul.identity.Login.UserRef;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.testing.TestClock;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.With;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
class TokensTest {
    private final TestCloud cloud;
    private final Tokens tokens;
    private final World world;

    TokensTest(TestCloud cloud, Tokens tokens) {
        this.cloud = cloud;
        this.tokens = tokens;
        this.world = new World(cloud);
    }

    private void assertDead(String token) {
        assertThatThrownBy(() -> tokens.check(token)).isInstanceOfSatisfying(Fault.class, fault -> {
            assertThat(fault.kind()).isEqualTo(Fault.Kind.UNAUTHORIZED);
            assertThat(fault).hasMessage("The request you have made requires authentication.");
        });
    }

    @Test
    void aTokenForAProjectSaysWhoWhereAndWhatRoles() {
        Project project = world.project();
        User user = world.member(project, "member");
        Caller caller = tokens.authenticate(world.token(user, project), request());
        assertThat(caller.userId()).isEqualTo(user.id());
        assertThat(caller.projectId()).contains(project.id());
        assertThat(caller.projectDomainName()).contains("Default");
        assertThat(caller.roles()).containsExactlyInAnyOrder("member", "reader");
        assertThat(caller.system()).isFalse();
    }

    @Test
    void aTokenIsShorterThanAFernetOneMayBe() {
        Project project = world.project();
        String token = world.token(world.member(project, "member"), project);
        String rescoped =
                tokens.issue(Login.token(token, in(project)), request()).token();
        assertThat(rescoped.length()).isLessThan(255);
        assertThat(token).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void aTokenForADomainOrTheSystemIsForThatAlone() {
        User user = world.user();
        Domain domain = world.domain();
        world.give(user, "reader", Grant.Target.domain(domain.id()));
        world.give(user, "manager", Grant.Target.SYSTEM);
        Caller inDomain = world.as(user, in(domain));
        assertThat(inDomain.domainId()).contains(domain.id());
        assertThat(inDomain.projectId()).isEmpty();
        assertThat(inDomain.roles()).containsExactly("reader");
        Caller inSystem = world.as(user, Scope.SYSTEM);
        assertThat(inSystem.system()).isTrue();
        assertThat(inSystem.domainId()).isEmpty();
        assertThat(inSystem.roles()).containsExactlyInAnyOrder("manager", "member", "reader");
    }

    @Test
    void withoutAScopeTheDefaultProjectIsTakenIfTheUserGetsInThere() {
        Project project = world.project();
        User user = world.user();
        world.users.update(world.admin, user.id(), UserChange.NONE.defaultProject(project.id()));
        assertThat(world.as(user, Scope.PREFERRED).projectId()).isEmpty();
        world.give(user, "reader", Grant.Target.project(project.id()));
        assertThat(world.as(user, Scope.PREFERRED).projectId()).contains(project.id());
        assertThat(world.as(user, Scope.NONE).projectId()).isEmpty();
        assertThat(world.as(user, Scope.NONE).roles()).isEmpty();
    }

    @Test
    void projectsAndUsersAreFoundByNameInTheirDomain() {
        Domain domain = world.domain();
        Project project =
                world.projects.create(world.admin, NewProject.named("same").in(domain.id()));
        User user = world.users.create(
                world.admin, NewUser.named("same").in(domain.id()).withPassword(PASSWORD));
        world.give(user, "member", Grant.Target.project(project.id()));
        Login login = Login.password(
                UserRef.name("same", DomainRef.name(domain.name())),
                PASSWORD,
                new OfProject(ProjectRef.name("same", DomainRef.id(domain.id()))));
        assertThat(tokens.issue(login, request()).info().context().project().map(TokenContext.Place::id))
                .contains(project.id());
    }

    @Test
    void nobodyGetsATokenForAPlaceWhereHeHasNoRole() {
        User user = world.user();
        Project foreign = world.project();
        for (Scope scope :
                List.of(in(foreign), in(world.domain()), Scope.SYSTEM, new OfProject(ProjectRef.id("nonsense")))) {
            assertThatThrownBy(() -> world.token(user, scope))
                    .isInstanceOfSatisfying(
                            Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.UNAUTHORIZED));
        }
    }

    @Test
    void aChangedTokenIsWorthless() {
        Project project = world.project();
        String token = world.token(world.member(project, "member"), project);
        byte[] bytes = Base64.getUrlDecoder().decode(token);
        for (int i = 0; i < bytes.length; i++) {
            byte[] forged = bytes.clone();
            forged[i] ^= 1;
            assertDead(Base64.getUrlEncoder().withoutPadding().encodeToString(forged));
        }
        IntStream.range(0, token.length()).forEach(end -> assertDead(token.substring(0, end)));
        assertDead(token + "A");
        assertDead("gAAAAABlongago");
        assertDead("x".repeat(8000));
        assertThat(tokens.check(token)).isNotNull();
    }

    @Test
    void aTokenEndsWhenItsTimeIsUp(TestClock clock) {
        Project project = world.project();
        User user = world.member(project, "member");
        String token = world.token(user, project);
        clock.forward(Duration.ofMinutes(59));
        String rescoped =
                tokens.issue(Login.token(token, in(project)), request()).token();
        tokens.check(token);
        clock.forward(Duration.ofMinutes(1));
        assertDead(token);
        // a token got by another lives no longer than that
        assertDead(rescoped);
    }

    @Test
    void aRescopedTokenKeepsTheChainTheMethodsAndTheEnd() {
        Project project = world.project();
        User user = world.member(project, "member");
        Tokens.Issued first = tokens.issue(Login.password(UserRef.id(user.id()), PASSWORD, Scope.NONE), request());
        Tokens.Issued second = tokens.issue(Login.token(first.token(), in(project)), request());
        Tokens.Issued third = tokens.issue(Login.token(second.token(), Scope.NONE), request());
        assertThat(second.info().methods()).containsExactly("password", "token");
        assertThat(second.info().expiresAt()).isEqualTo(first.info().expiresAt());
        assertThat(second.info().auditIds())
                .hasSize(2)
                .endsWith(first.info().auditIds().get(0));
        assertThat(third.info().auditIds())
                .hasSize(2)
                .endsWith(first.info().auditIds().get(0));
        assertThat(tokens.check(third.token()).auditIds())
                .isEqualTo(third.info().auditIds());
    }

    @Test
    void twoProofsMustBeOfTheSameUser() {
        User one = world.user();
        User two = world.user();
        String token = world.token(two, Scope.NONE);
        Login both = new Login(
                List.of(new Login.PasswordProof(UserRef.id(one.id()), PASSWORD), new Login.TokenProof(token)),
                Scope.NONE);
        assertThatThrownBy(() -> tokens.issue(both, request())).isInstanceOf(Fault.class);
    }

    @Test
    void signingOutEndsAllTokensOfTheLogin() {
        Project project = world.project();
        User user = world.member(project, "member");
        String first = world.token(user, Scope.NONE);
        String second = tokens.issue(Login.token(first, in(project)), request()).token();
        String other = world.token(user, project);
        tokens.signOut(second);
        assertDead(first);
        assertDead(second);
        tokens.check(other);
    }

    @Test
    void revokingATokenEndsThatOneOnly() {
        Project project = world.project();
        User user = world.member(project, "member");
        String first = world.token(user, project);
        String second = world.token(user, project);
        tokens.revoke(tokens.authenticate(second, request()), first);
        assertDead(first);
        tokens.check(second);
    }

    @Test
    void nobodyRevokesOrReadsTheTokenOfAnother() {
        Project project = world.project();
        String mine = world.token(world.member(project, "member"), project);
        Caller other = world.as(world.member(project, "manager"), in(project));
        for (String rule : List.of("identity:validate_token", "identity:check_token")) {
            assertThatThrownBy(() -> tokens.show(other, mine, rule, false))
                    .isInstanceOfSatisfying(
                            Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.FORBIDDEN));
        }
        assertThatThrownBy(() -> tokens.revoke(other, mine)).isInstanceOf(Fault.class);
        tokens.check(mine);
    }

    @Test
    void aNewPasswordEndsTheTokensFromBeforeAndNotThoseAfter() {
        User user = world.user();
        String before = world.token(user, Scope.NONE);
        world.users.update(world.admin, user.id(), UserChange.NONE.password("another"));
        assertDead(before);
        String after = tokens.issue(Login.password(UserRef.id(user.id()), "another", Scope.NONE), request())
                .token();
        tokens.check(after);
        world.users.changePassword(user.id(), "another", "a third", request());
        assertDead(after);
    }

    @Test
    void aDisabledUsersTokensStayDeadWhenHeComesBack() {
        User user = world.user();
        String token = world.token(user, Scope.NONE);
        world.users.update(world.admin, user.id(), UserChange.NONE.enabled(false));
        assertDead(token);
        assertThatThrownBy(() -> world.token(user, Scope.NONE)).isInstanceOf(Fault.class);
        world.users.update(world.admin, user.id(), UserChange.NONE.enabled(true));
        assertDead(token);
        tokens.check(world.token(user, Scope.NONE));
    }

    @Test
    void aDisabledProjectsTokensStayDeadWhenItComesBack() {
        Project project = world.project();
        User user = world.member(project, "member");
        String token = world.token(user, project);
        String unscoped = world.token(user, Scope.NONE);
        world.projects.update(world.admin, project.id(), ProjectChange.NONE.enabled(false));
        assertDead(token);
        tokens.check(unscoped);
        world.projects.update(world.admin, project.id(), ProjectChange.NONE.enabled(true));
        assertDead(token);
        tokens.check(world.token(user, project));
    }

    @Test
    void aDisabledDomainEndsTheTokensOfItsUsersAndProjects() {
        Domain domain = world.domain();
        Project inside =
                world.projects.create(world.admin, NewProject.named("inside").in(domain.id()));
        User resident = world.user(domain.id());
        User guest = world.member(inside, "member");
        String residents = world.token(resident, Scope.NONE);
        String guests = world.token(guest, inside);
        world.domains.update(world.admin, domain.id(), ProjectChange.NONE.enabled(false));
        assertDead(residents);
        assertDead(guests);
        tokens.check(world.token(guest, Scope.NONE));
        world.domains.update(world.admin, domain.id(), ProjectChange.NONE.enabled(true));
        assertDead(residents);
        assertDead(guests);
    }

    @Test
    void aRoleTakenAwayIsGoneFromTokensThatAreOut() {
        Project project = world.project();
        User user = world.member(project, "member");
        world.give(user, "admin", Grant.Target.project(project.id()));
        String token = world.token(user, project);
        assertThat(tokens.check(token).context().roles()).hasSize(4);
        world.take(user, "admin", Grant.Target.project(project.id()));
        assertThat(tokens.authenticate(token, request()).roles()).isEqualTo(Set.of("member", "reader"));
        world.take(user, "member", Grant.Target.project(project.id()));
        assertDead(token);
    }

    @Test
    void leavingAGroupEndsWhatItGave() {
        Project project = world.project();
        User user = world.user();
        Group group = world.group();
        world.groups.add(world.admin, group.id(), user.id());
        Grant grant = Grant.of(Grant.Actor.group(group.id()), Grant.Target.project(project.id()), world.role("member"));
        world.assignments.grant(world.admin, grant);
        String token = world.token(user, project);
        world.assignments.revoke(world.admin, grant);
        assertDead(token);
        world.assignments.grant(world.admin, grant);
        tokens.check(token);
        world.groups.remove(world.admin, group.id(), user.id());
        assertDead(token);
        world.groups.add(world.admin, group.id(), user.id());
        tokens.check(token);
        world.groups.delete(world.admin, group.id());
        assertDead(token);
    }

    @Test
    void deletingAUserOrProjectEndsTheirTokens() {
        Project project = world.project();
        User one = world.member(project, "member");
        User two = world.member(project, "member");
        String ones = world.token(one, Scope.NONE);
        String twos = world.token(two, project);
        world.users.delete(world.admin, one.id());
        assertDead(ones);
        world.projects.delete(world.admin, project.id());
        assertDead(twos);
    }

    @Test
    void aNewNameShowsInTokensThatAreOut() {
        User user = world.user();
        String token = world.token(user, Scope.NONE);
        String name = World.name("renamed");
        world.users.update(world.admin, user.id(), UserChange.NONE.name(name));
        assertThat(tokens.check(token).context().user().name()).isEqualTo(name);
    }

    @Test
    void whatARoleImpliesCountsAtOnce() {
        Project project = world.project();
        User user = world.member(project, "reader");
        Role extra = world.roles.create(world.admin, NewRole.named(World.name("role")));
        world.assignments.grant(
                world.admin, Grant.of(Grant.Actor.user(user.id()), Grant.Target.project(project.id()), extra.id()));
        String token = world.token(user, project);
        assertThat(tokens.authenticate(token, request()).hasRole("member")).isFalse();
        world.roles.imply(world.admin, extra.id(), world.role("member"));
        assertThat(tokens.authenticate(token, request()).hasRole("member")).isTrue();
        world.roles.unimply(world.admin, extra.id(), world.role("member"));
        assertThat(tokens.authenticate(token, request()).hasRole("member")).isFalse();
    }

    @Test
    void inheritedRolesCountBelowAndNotAtTheirTarget() {
        Project parent = world.project();
        Project child = world.projects.create(
                world.admin, NewProject.named(World.name("child")).below(parent.id()));
        User user = world.user();
        world.assignments.grant(
                world.admin,
                new Grant(Grant.Actor.user(user.id()), Grant.Target.project(parent.id()), world.role("member"), true));
        assertThat(world.as(user, in(child)).roles()).contains("member");
        assertThatThrownBy(() -> world.token(user, parent)).isInstanceOf(Fault.class);
    }

    @Test
    void checkingATokenOfAUserInUseNeedsNoQuery() {
        Project project = world.project();
        String token = world.token(world.member(project, "member"), project);
        tokens.check(token);
        // upkeep asks twice a second, so the quietest of several tries counts
        long least = IntStream.range(0, 20)
                .mapToLong(i -> {
                    long before = cloud.statements();
                    IntStream.range(0, 100).forEach(j -> tokens.authenticate(token, request()));
                    return cloud.statements() - before;
                })
                .min()
                .orElseThrow();
        assertThat(least).isZero();
    }

    @Test
    void refusingForgedTokensNeedsNoQueryEither() {
        Project project = world.project();
        byte[] bytes = Base64.getUrlDecoder().decode(world.token(world.member(project, "member"), project));
        bytes[1] = 77;
        String unknownKey = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        assertDead(unknownKey);
        long before = cloud.statements();
        IntStream.range(0, 1000).forEach(i -> assertDead(unknownKey));
        assertThat(cloud.statements() - before).isLessThan(50);
    }

    @Test
    void aNewKeySignsAndTheOldOnesVerifyUntilTheirTokensHaveExpired(TokenKeys keys, TestClock clock) {
        User user = world.user();
        String old = world.token(user, Scope.NONE);
        int before = keys.signingKey();
        keys.rotate();
        assertThat(keys.signingKey())
                .as("not before all have heard of the next")
                .isEqualTo(before);
        clock.forward(Duration.ofMinutes(1));
        assertThat(keys.signingKey()).isEqualTo(before + 1);
        tokens.check(old);
        keys.tend();
        tokens.check(old);
        String fresh = world.token(user, Scope.NONE);
        clock.forward(Duration.ofMinutes(50));
        keys.tend();
        tokens.check(old);
        tokens.check(fresh);
        clock.forward(Duration.ofDays(8));
        keys.tend();
        keys.tend();
        clock.forward(Duration.ofMinutes(1));
        assertThat(keys.signingKey()).isEqualTo(before + 2);
        tokens.check(world.token(user, Scope.NONE));
    }

    @Test
    void aRevocationIsForgottenWhenItCanHitNothingAnyMore(Revocations revocations, TestClock clock) {
        User user = world.user();
        String token = world.token(user, Scope.NONE);
        world.users.update(world.admin, user.id(), UserChange.NONE.password("another"));
        revocations.prune();
        assertDead(token);
        clock.forward(Duration.ofHours(50));
        revocations.prune();
        assertDead(token);
        long left = cloud.get(cloud.haneul.kernel.data.Database.class)
                .read(em -> em.createQuery("select count(r) from IdentityRevocation r", Long.class)
                        .getSingleResult());
        assertThat(left).isZero();
    }
}
