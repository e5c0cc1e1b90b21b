package cloud.haneul.identity;

import static cloud.haneul.identity.World.in;
import static cloud.haneul.identity.World.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.haneul.identity.Login.Scope;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.testing.TestClock;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.With;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two controllers on one database: what is taken away on one is gone on the other within a second. */
@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
class ControllersTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    /** For a machine that is busy with other tests. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final TestCloud cloud;
    private final World world;
    private final Tokens here;
    private final TestCloud.Another other;
    private final Tokens there;
    private final List<Duration> waits = new ArrayList<>();

    ControllersTest(TestCloud cloud) {
        this.cloud = cloud;
        world = new World(cloud);
        here = world.tokens;
        other = cloud.another();
        there = other.get(Tokens.class);
    }

    private void diesThere(String token) {
        long start = System.nanoTime();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).untilAsserted(() -> assertThatThrownBy(
                        () -> there.check(token))
                .isInstanceOf(Fault.class));
        waits.add(Duration.ofNanos(System.nanoTime() - start));
        assertThatThrownBy(() -> here.check(token)).isInstanceOf(Fault.class);
    }

    /** A token that both controllers have just found good. */
    private String good(User user, Scope scope) {
        String token = world.token(user, scope);
        there.check(token);
        here.check(token);
        return token;
    }

    @Test
    void whatOneControllerTakesAwayIsGoneOnTheOther() {
        Project project = world.project();
        User user = world.member(project, "member");
        String roleTaken = good(user, in(project));
        assertThat(there.check(roleTaken).context().roles()).hasSize(2);
        String signedOut = good(user, in(project));
        here.signOut(signedOut);
        diesThere(signedOut);
        String revoked = good(user, in(project));
        here.revoke(here.authenticate(revoked, request()), revoked);
        diesThere(revoked);
        world.give(user, "manager", Grant.Target.project(project.id()));
        await().untilAsserted(() ->
                assertThat(there.check(roleTaken).context().roles()).hasSize(3));
        world.take(user, "manager", Grant.Target.project(project.id()));
        world.take(user, "member", Grant.Target.project(project.id()));
        diesThere(roleTaken);
        String unscoped = good(user, Scope.NONE);
        world.users.update(world.admin, user.id(), UserChange.NONE.password("another"));
        diesThere(unscoped);
        User second = world.user();
        String ownChange = good(second, Scope.NONE);
        world.users.changePassword(second.id(), World.PASSWORD, "of my own", request());
        diesThere(ownChange);
        User third = world.user();
        String disabled = good(third, Scope.NONE);
        world.users.update(world.admin, third.id(), UserChange.NONE.enabled(false));
        diesThere(disabled);
        User fourth = world.user();
        String deleted = good(fourth, Scope.NONE);
        world.users.delete(world.admin, fourth.id());
        diesThere(deleted);
        atOnce();
    }

    @Test
    void placesThatAreClosedLetNobodyWorkOnAnywhere() {
        Project closed = world.project();
        String inClosed = good(world.member(closed, "member"), in(closed));
        world.projects.update(world.admin, closed.id(), ProjectChange.NONE.enabled(false));
        diesThere(inClosed);
        Project gone = world.project();
        String inGone = good(world.member(gone, "member"), in(gone));
        world.projects.delete(world.admin, gone.id());
        diesThere(inGone);
        Domain domain = world.domain();
        String ofDomain = good(world.user(domain.id()), Scope.NONE);
        world.domains.update(world.admin, domain.id(), ProjectChange.NONE.enabled(false));
        diesThere(ofDomain);
        Project project = world.project();
        User user = world.user();
        Group group = world.group();
        world.assignments.grant(
                world.admin,
                Grant.of(Grant.Actor.group(group.id()), Grant.Target.project(project.id()), world.role("member")));
        world.groups.add(world.admin, group.id(), user.id());
        String byGroup = good(user, in(project));
        world.groups.remove(world.admin, group.id(), user.id());
        diesThere(byGroup);
        atOnce();
    }

    @Test
    void whatWasLentIsTakenBackEverywhere() {
        Project project = world.project();
        User lender = world.member(project, "member");
        User robot = world.user();
        Caller caller = world.as(lender, in(project));
        Trusts.Shown trust = cloud.get(Trusts.class)
                .create(
                        caller,
                        new NewTrust(
                                lender.id(),
                                robot.id(),
                                Optional.of(project.id()),
                                true,
                                List.of(new NewApplicationCredential.RoleRef(Optional.empty(), Optional.of("member"))),
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                Optional.empty()));
        String byTrust = good(robot, new Login.OfTrust(trust.id()));
        cloud.get(Trusts.class).delete(caller, trust.id());
        diesThere(byTrust);
        ApplicationCredentials credentials = cloud.get(ApplicationCredentials.class);
        ApplicationCredentials.Made made =
                credentials.create(caller, lender.id(), NewApplicationCredential.named("robot"));
        String byCredential = here.issue(
                        new Login(
                                List.of(new Login.ApplicationProof(
                                        Optional.of(made.credential().id()),
                                        Optional.empty(),
                                        Optional.empty(),
                                        made.secret())),
                                Scope.PREFERRED),
                        request())
                .token();
        there.check(byCredential);
        credentials.delete(caller, lender.id(), made.credential().id());
        diesThere(byCredential);
        atOnce();
    }

    private void atOnce() {
        assertThat(waits.stream().sorted().toList().get(waits.size() / 2)).isLessThan(SECOND);
    }

    @Test
    void aTokenSignedWithAKeyOfTheOtherIsTakenAtOnce() {
        Project project = world.project();
        User user = world.member(project, "member");
        other.get(TokenKeys.class).rotate();
        ((TestClock) other.get(Clock.class)).forward(Duration.ofMinutes(1));
        String token = there.issue(Login.password(Login.UserRef.id(user.id()), World.PASSWORD, in(project)), request())
                .token();
        await().atMost(Duration.ofSeconds(2)).untilAsserted(() -> here.check(token));
    }

    @Test
    void keysChangeUnderLoadWithoutAWrongAnswer() throws Exception {
        Project project = world.project();
        User user = world.member(project, "member");
        String old = good(user, in(project));
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<Long>> work = new ArrayList<>();
        for (Map.Entry<Tokens, Tokens> way : List.of(
                Map.entry(here, there), Map.entry(there, here), Map.entry(here, here), Map.entry(there, there))) {
            work.add(threads.submit(() -> {
                long checked = 0;
                while (!over.get()) {
                    String fresh = way.getKey()
                            .issue(Login.token(old, Scope.NONE), request())
                            .token();
                    way.getValue().check(fresh);
                    way.getValue().check(old);
                    checked++;
                }
                return checked;
            }));
        }
        TokenKeys keys = cloud.get(TokenKeys.class);
        TokenKeys others = other.get(TokenKeys.class);
        int before = keys.signingKey();
        for (int i = 0; i < 6; i++) {
            (i % 2 == 0 ? keys : others).rotate();
            int newest = before + i + 1;
            // the news arrives before the key signs, as it does when half a minute is half a minute
            await().atMost(PATIENCE).until(() -> keys.knows(newest) && others.knows(newest));
            cloud.clock().forward(Duration.ofSeconds(31));
            ((TestClock) other.get(Clock.class)).forward(Duration.ofSeconds(31));
            assertThat(keys.signingKey()).isEqualTo(newest);
            assertThat(others.signingKey()).isEqualTo(newest);
        }
        over.set(true);
        for (Future<Long> done : work) {
            assertThat(done.get()).isPositive();
        }
        threads.shutdown();
    }
}
