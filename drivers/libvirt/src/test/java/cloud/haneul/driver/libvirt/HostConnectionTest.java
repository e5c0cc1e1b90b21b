package cloud.haneul.driver.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import cloud.haneul.tck.TckContext;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LibvirtHost.Extension.class)
class HostConnectionTest {
    private final HostConnection connection = new HostConnection(Settings.of(
            "tck",
            TckContext.config(
                    new LibvirtFactory(), Map.of("uri", LibvirtHost.get().uri()))));
    private final CountDownLatch first = new CountDownLatch(1);
    private final CountDownLatch second = new CountDownLatch(1);

    @AfterEach
    void close() {
        connection.close();
    }

    @Test
    void bothAreDoneAtOnce() {
        connection.actBoth("testing", connect -> meet(first, second), connect -> meet(second, first));
        assertThat(first.getCount() + second.getCount()).isZero();
    }

    @Test
    void whenTheOneFailsTheOtherIsWaitedFor() {
        boolean[] ended = {false};
        assertThatThrownBy(() -> connection.actBoth(
                        "testing",
                        connect -> {
                            first.countDown();
                            throw DriverException.of(Code.CONFLICT, "The one.");
                        },
                        connect -> {
                            await(first);
                            connect.listAllDomains(0);
                            ended[0] = true;
                        }))
                .hasMessage("The one.");
        assertThat(ended[0]).isTrue();
    }

    @Test
    void theOthersFailureCountsToo() {
        assertThatThrownBy(() -> connection.actBoth("testing", connect -> {}, connect -> {
                    throw DriverException.of(Code.BUSY, "The other.");
                }))
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.code()).isEqualTo(Code.BUSY))
                .hasMessage("The other.");
    }

    @Test
    void ofTwoFailuresNoneIsLost() {
        assertThatThrownBy(() -> connection.actBoth(
                        "testing",
                        connect -> {
                            throw DriverException.of(Code.CONFLICT, "The one.");
                        },
                        connect -> {
                            throw DriverException.of(Code.BUSY, "The other.");
                        }))
                .hasMessage("The one.")
                .satisfies(e -> assertThat(e.getSuppressed()).singleElement().satisfies(other -> assertThat(other)
                        .hasMessage("The other.")));
    }

    private static void meet(CountDownLatch mine, CountDownLatch theirs) {
        mine.countDown();
        await(theirs);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
