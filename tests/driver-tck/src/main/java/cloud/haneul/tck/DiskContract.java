package cloud.haneul.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.compute.DiskPlan;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A server's disks: made from a checked image, once; gone when removed. */
public interface DiskContract extends HypervisorUnderTest {

    @Test
    default void preparingDisksAgainLeavesThemAsTheyAre() {
        UUID server = UUID.randomUUID();
        TinyImage image = TinyImage.random(1 << 20);
        prepare(server, image);
        prepare(server, image);
        assertThat(driver().serversWithDisks()).containsExactly(server);
        assertThat(image.opened()).as("reads of the image").isEqualTo(1);
    }

    @Test
    default void anImageIsFetchedOnceForAllServersOfAHost() {
        TinyImage image = TinyImage.random(1 << 20);
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        prepare(first, image);
        prepare(second, image);
        assertThat(driver().serversWithDisks()).containsExactlyInAnyOrder(first, second);
        assertThat(image.opened()).as("reads of the image").isEqualTo(1);
    }

    @Test
    default void theImageStaysCachedWhenTheServersDisksGo() {
        TinyImage image = TinyImage.random(1 << 20);
        UUID server = UUID.randomUUID();
        prepare(server, image);
        driver().removeDisks(server);
        prepare(UUID.randomUUID(), image);
        assertThat(image.opened()).as("reads of the image").isEqualTo(1);
    }

    @Test
    default void disksCanBeBiggerThanTheImageAndComeWithAConfigDrive() {
        UUID server = UUID.randomUUID();
        DiskPlan plan = new DiskPlan(server, 1, image(), Optional.of(configDrive()));
        prepare(plan);
        prepare(plan);
        driver().define(withConfigDrive(specification(server)));
        power(server, cloud.haneul.spi.compute.PowerAction.START);
        assertPower(server, cloud.haneul.spi.compute.PowerState.RUNNING);
    }

    @Test
    default void removedDisksAreGoneAndRemovingThemAgainSucceeds() {
        UUID server = UUID.randomUUID();
        prepare(new DiskPlan(server, 0, image(), Optional.of(configDrive())));
        driver().removeDisks(server);
        assertThat(driver().serversWithDisks()).isEmpty();
        driver().removeDisks(server);
    }

    @Test
    default void removingDisksThatNeverWereSucceeds() {
        driver().removeDisks(UUID.randomUUID());
    }

    @Test
    default void removedDisksCanBeMadeAnew() {
        UUID server = UUID.randomUUID();
        prepare(server, image());
        driver().removeDisks(server);
        prepare(server, image());
        assertThat(driver().serversWithDisks()).containsExactly(server);
    }

    @Test
    default void anImageThatDoesNotMatchItsHashIsRefused() {
        TinyImage image = TinyImage.random(1 << 20);
        UUID server = UUID.randomUUID();
        for (int attempt = 0; attempt < 2; attempt++) {
            Refusal.of(() -> prepare(server, image.corrupted()), DriverException.Code.INVALID);
        }
        prepare(server, image);
        assertThat(image.opened())
                .as("the refused bytes must not have been kept")
                .isEqualTo(1);
    }

    @Test
    default void anImageWhoseStreamBreaksOffCanBePreparedAgain() {
        TinyImage image = TinyImage.random(1 << 20);
        UUID server = UUID.randomUUID();
        Throwable failure = catchThrowable(() -> prepare(server, image.breakingAfter(70_000)));
        assertThat(failure).isInstanceOf(DriverException.class);
        assertThat(((DriverException) failure).code())
                .as("nothing is wrong with the image, the core must try again")
                .isNotIn(DriverException.Code.INVALID, DriverException.Code.INTERNAL);
        prepare(server, image);
        assertThat(driver().serversWithDisks()).containsExactly(server);
    }

    @Test
    default void manyServersCanBePreparedFromOneNewImageAtOnce() {
        TinyImage image = TinyImage.random(4 << 20);
        Crowd.of(crowd(), member -> prepare(UUID.randomUUID(), image));
        assertThat(driver().serversWithDisks()).hasSize(crowd());
    }
}
