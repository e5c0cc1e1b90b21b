package cloud.haneul.identity;

import static cloud.haneul.identity.World.PASSWORD;
import static cloud.haneul.identity.World.from;
import static cloud.haneul.identity.World.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cloud.haneul.identity.Login.DomainRef;
import cloud.haneul.identity.Login.Scope;
import cloud.haneul.identity.Login.UserRef;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.testing.TestClock;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.With;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.shiro.authc.IncorrectCredentialsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=2048")
class LoginTest {
    private final World world;

    LoginTest(TestCloud cloud) {
        world = new World(cloud);
    }

    private Fault refused(UserRef user, String password, String address) {
        return catchThrowableOfType(
                Fault.class, () -> world.tokens.issue(Login.password(user, password, Scope.NONE), from(address)));
    }

    private static UserRef named(String name) {
        return UserRef.name(name, DomainRef.id(Project.DEFAULT_DOMAIN));
    }

    @Test
    void whateverIsWrongTheAnswerIsTheSame() {
        User user = world.user();
        User disabled = world.user();
        world.users.update(world.admin, disabled.id(), UserChange.NONE.enabled(false));
        User noPassword = world.users.create(world.admin, NewUser.named(World.name("user")));
        Domain closed = world.domain();
        User inClosed = world.user(closed.id());
        world.domains.update(world.admin, closed.id(), ProjectChange.NONE.enabled(false));
        List<Fault> faults = List.of(
                refused(UserRef.id(user.id()), "wrong", "a1"),
                refused(UserRef.id(disabled.id()), PASSWORD, "a2"),
                refused(UserRef.id(noPassword.id()), "", "a3"),
                refused(UserRef.id(inClosed.id()), PASSWORD, "a4"),
                refused(named("nobody"), PASSWORD, "a5"),
                refused(UserRef.name("nobody", DomainRef.name("nowhere")), PASSWORD, "a6"),
                refused(UserRef.id(""), PASSWORD, "a7"));
        assertThat(faults).allSatisfy(fault -> {
            assertThat(fault.kind()).isEqualTo(Fault.Kind.UNAUTHORIZED);
            assertThat(fault).hasMessage("The request you have made requires authentication.");
        });
    }

    @Test
    void anUnknownUserTakesAsLongAsAWrongPassword() {
        User user = world.user();
        long[] wrong = new long[9];
        long[] unknown = new long[9];
        for (int i = 0; i < wrong.length; i++) {
            int n = i;
            wrong[i] = processorTime(() -> refused(UserRef.id(user.id()), "wrong", "b" + n));
            unknown[i] = processorTime(() -> refused(named("nobody"), "wrong", "b" + n));
        }
        Arrays.sort(wrong);
        Arrays.sort(unknown);
        // of which a login without the hash takes a hundredth
        assertThat(Duration.ofNanos(wrong[4])).isGreaterThan(Duration.ofMillis(1));
        assertThat((double) unknown[4] / wrong[4]).isBetween(0.5, 2.0);
    }

    /** What this thread has worked: what else the machine has to do says nothing about a login. */
    private static long processorTime(Runnable work) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        work.run();
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    }

    @Test
    void tooManyWrongPasswordsCloseTheDoorForThatUserAndAddressForAWhile(TestClock clock) {
        User user = world.user();
        UserRef ref = UserRef.id(user.id());
        for (int i = 0; i < 10; i++) {
            refused(ref, "wrong", "192.0.2.7");
        }
        Fault shut = refused(ref, PASSWORD, "192.0.2.7");
        assertThat(shut).hasMessage(refused(named("nobody"), "x", "192.0.2.7").getMessage());
        // the same user, named otherwise
        assertThat(refused(named(user.name()), PASSWORD, "192.0.2.7")).isNotNull();
        // others, and he from elsewhere, are not shut out
        world.tokens.issue(Login.password(ref, PASSWORD, Scope.NONE), from("192.0.2.8"));
        world.tokens.issue(Login.password(UserRef.id(world.user().id()), PASSWORD, Scope.NONE), from("192.0.2.7"));
        clock.forward(Duration.ofMinutes(6));
        world.tokens.issue(Login.password(ref, PASSWORD, Scope.NONE), from("192.0.2.7"));
    }

    @Test
    void manyGuessesAtOnceDoNotSlipThrough() throws Exception {
        User user = world.user();
        ExecutorService threads = Executors.newFixedThreadPool(20);
        List<Future<Fault>> guesses = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            guesses.add(threads.submit(() -> refused(UserRef.id(user.id()), "wrong", "192.0.2.9")));
        }
        long looked = 0;
        for (Future<Fault> guess : guesses) {
            looked += guess.get().detail().startsWith("Wrong") ? 1 : 0;
        }
        threads.shutdown();
        assertThat(looked).isEqualTo(10);
    }

    @Test
    void aRightPasswordWipesTheSlateClean() {
        User user = world.user();
        UserRef ref = UserRef.id(user.id());
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 9; i++) {
                refused(ref, "wrong", "192.0.2.10");
            }
            world.tokens.issue(Login.password(ref, PASSWORD, Scope.NONE), from("192.0.2.10"));
        }
    }

    @Test
    void aUserChangesHisPasswordByTheOldOneAndNotWithout() {
        User user = world.user();
        assertThatThrownBy(() -> world.users.changePassword(user.id(), "wrong", "new one", request()))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.UNAUTHORIZED));
        world.users.changePassword(user.id(), PASSWORD, "new one", request());
        assertThat(refused(UserRef.id(user.id()), PASSWORD, "c1")).isNotNull();
        world.tokens.issue(Login.password(UserRef.id(user.id()), "new one", Scope.NONE), from("c2"));
    }

    @Test
    void whoIsDisabledDoesNotChangeHisPasswordByTheOldOneEither() {
        User disabled = world.user();
        world.users.update(world.admin, disabled.id(), UserChange.NONE.enabled(false));
        Domain closed = world.domain();
        User inClosed = world.user(closed.id());
        world.domains.update(world.admin, closed.id(), ProjectChange.NONE.enabled(false));
        for (User user : List.of(disabled, inClosed)) {
            assertThatThrownBy(() -> world.users.changePassword(user.id(), PASSWORD, "new one", request()))
                    .isInstanceOfSatisfying(
                            Fault.class, f -> assertThat(f.kind()).isEqualTo(Fault.Kind.UNAUTHORIZED));
        }
        world.users.update(world.admin, disabled.id(), UserChange.NONE.enabled(true));
        world.tokens.issue(Login.password(UserRef.id(disabled.id()), PASSWORD, Scope.NONE), from("d1"));
    }

    @Test
    void thePortalLogsInThroughTheRealm(PasswordRealm realm) {
        User user = world.user();
        PasswordToken right =
                new PasswordToken(Login.password(named(user.name()), PASSWORD, Scope.PREFERRED), request());
        SignedIn signedIn =
                (SignedIn) realm.getAuthenticationInfo(right).getPrincipals().getPrimaryPrincipal();
        assertThat(signedIn.userId()).isEqualTo(user.id());
        assertThat(world.tokens.check(signedIn.token()).context().user().name()).isEqualTo(user.name());
        assertThat(signedIn.toString()).doesNotContain(signedIn.token());
        PasswordToken wrong =
                new PasswordToken(Login.password(named(user.name()), "wrong", Scope.PREFERRED), request());
        assertThatThrownBy(() -> realm.getAuthenticationInfo(wrong)).isInstanceOf(IncorrectCredentialsException.class);
        assertThat(wrong.toString() + wrong.getPrincipal()).doesNotContain("wrong");
    }

    @Test
    void noSecretIsPrinted() {
        User user = world.user();
        Login login = Login.password(UserRef.id(user.id()), PASSWORD, Scope.NONE);
        Tokens.Issued issued = world.tokens.issue(login, request());
        assertThat(login + " " + issued + " " + NewUser.named("x").withPassword(PASSWORD) + " "
                        + UserChange.NONE.password(PASSWORD) + " " + Login.token(issued.token(), Scope.NONE))
                .doesNotContain(PASSWORD)
                .doesNotContain(issued.token());
    }
}
