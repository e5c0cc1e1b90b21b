package cloud.haneul.identity;

import static cloud.haneul.identity.World.PASSWORD;
import static cloud.haneul.identity.World.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.identity.Login.PasswordProof;
import cloud.haneul.identity.Login.Scope;
import cloud.haneul.identity.Login.TotpProof;
import cloud.haneul.identity.Login.UserRef;
import cloud.haneul.identity.OneTimeDevices.Device;
import cloud.haneul.identity.OneTimeDevices.Use;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.With;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
class OneTimeDevicesTest {
    private final TestCloud cloud;
    private final World world;
    private final OneTimeDevices devices;
    private final User user;
    private final Caller caller;

    OneTimeDevicesTest(TestCloud cloud) {
        this.cloud = cloud;
        world = new World(cloud);
        devices = cloud.get(OneTimeDevices.class);
        user = world.user();
        caller = world.as(user, Scope.NONE);
    }

    private String code(String secret) {
        return Totp.code(Totp.secret(secret), cloud.clock().instant());
    }

    private void later() {
        cloud.clock().forward(Duration.ofSeconds(31));
    }

    /** A device that is set up, by its secret. */
    private String device() {
        String secret = devices.newSecret();
        devices.add(caller, secret, code(secret));
        later();
        return secret;
    }

    private void logIn(String passcode) {
        UserRef ref = UserRef.id(user.id());
        world.tokens.issue(
                new Login(List.of(new PasswordProof(ref, PASSWORD), new TotpProof(ref, passcode)), Scope.NONE),
                request());
    }

    @Test
    void aDeviceIsKeptOnceItShowsAPasscodeAndIsGoodForLoggingIn() {
        String secret = devices.newSecret();
        assertThat(secret).matches("[A-Z2-7]{32}").isNotEqualTo(devices.newSecret());
        assertThatThrownBy(() -> devices.add(caller, secret, "000000"))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.field()).contains("passcode"));
        assertThat(devices.list(caller)).isEmpty();
        String passcode = code(secret);
        devices.add(caller, secret, passcode.substring(0, 3) + " " + passcode.substring(3));
        assertThat(devices.list(caller)).hasSize(1);
        assertThatThrownBy(() -> logIn(passcode)).as("used up by setting up").isInstanceOf(Fault.class);
        later();
        logIn(code(secret));
    }

    @Test
    void theAddressOfADeviceIsWhatAuthenticatorsRead() {
        assertThat(devices.address(caller, "ABCDEFGH", "Haneul on my.cloud"))
                .isEqualTo("otpauth://totp/Haneul%20on%20my.cloud:" + user.name()
                        + "?secret=ABCDEFGH&issuer=Haneul%20on%20my.cloud&algorithm=SHA1&digits=6&period=30");
    }

    @Test
    void removingADeviceTakesThePasswordOrAPasscode() {
        String first = device();
        device();
        Device oldest = devices.list(caller).get(1);
        assertThatThrownBy(() -> devices.remove(caller, oldest.id(), "wrong", "", request()))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.UNAUTHORIZED));
        assertThatThrownBy(() -> devices.remove(caller, oldest.id(), "", "000000", request()))
                .isInstanceOf(Fault.class);
        assertThat(devices.list(caller)).hasSize(2);
        devices.remove(caller, oldest.id(), "", code(first), request());
        assertThat(devices.list(caller)).hasSize(1);
        devices.remove(caller, devices.list(caller).get(0).id(), PASSWORD, "", request());
        assertThat(devices.list(caller)).isEmpty();
    }

    @Test
    void anotherUsersDeviceIsNotThere() {
        device();
        String id = devices.list(caller).get(0).id();
        Caller stranger = world.as(world.user(), Scope.NONE);
        assertThat(devices.list(stranger)).isEmpty();
        assertThatThrownBy(() -> devices.remove(stranger, id, PASSWORD, "", request()))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.NOT_FOUND));
    }

    @Test
    void whoMayChangeUsersDemandsPasscodesButNotOfWhoHasNoDevice() {
        assertThat(devices.mayDemand(caller)).isFalse();
        assertThatThrownBy(() -> devices.demand(caller, user.id(), true))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.FORBIDDEN));
        assertThatThrownBy(() -> devices.demand(world.admin, user.id(), true))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.type()).isEqualTo("NoDevice"));
        assertThat(devices.use(caller)).isEqualTo(Use.NOT_ASKED);
        String secret = device();
        devices.demand(world.admin, user.id(), true);
        assertThat(devices.use(caller)).isEqualTo(Use.ASKED);
        assertThatThrownBy(() -> world.token(user, Scope.NONE)).isInstanceOf(Fault.class);
        logIn(code(secret));
        assertThatThrownBy(
                        () -> devices.remove(caller, devices.list(caller).get(0).id(), PASSWORD, "", request()))
                .as("the last device of who needs one")
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.type()).isEqualTo("LastDevice"));
        devices.demand(world.admin, user.id(), false);
        assertThat(devices.use(caller)).isEqualTo(Use.NOT_ASKED);
        world.token(user, Scope.NONE);
    }

    @Test
    void whoIsSignedInByPasswordAndPasscodeStaysSoWhenHeChangesHisPassword() {
        String secret = device();
        devices.demand(world.admin, user.id(), true);
        UserRef ref = UserRef.id(user.id());
        String token = world.tokens
                .issue(
                        new Login(
                                List.of(new PasswordProof(ref, PASSWORD), new TotpProof(ref, code(secret))),
                                Scope.NONE),
                        request())
                .token();
        Tokens.Issued renewed = cloud.get(OwnPassword.class).change(token, PASSWORD, "another of my own", request());
        assertThatThrownBy(() -> world.tokens.check(token)).isInstanceOf(Fault.class);
        assertThat(world.tokens.check(renewed.token()).methods()).contains("password", "totp");
    }
}
