package cloud.haneul.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import cloud.haneul.spi.DriverException;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Expects a call to fail the way the contract says: with a {@link DriverException} of one of the codes and words for the user. */
final class Refusal {
    private Refusal() {}

    static void of(ThrowingCallable call, DriverException.Code... codes) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown)
                .as("expected a refusal with " + Arrays.toString(codes))
                .isInstanceOf(DriverException.class);
        DriverException refusal = (DriverException) thrown;
        assertThat(refusal.code()).as("code of: " + refusal).isIn((Object[]) codes);
        assertThat(refusal.getMessage()).as("text for the user").isNotBlank();
        assertThat(refusal.detail()).as("detail for the operator").isNotNull();
    }
}
