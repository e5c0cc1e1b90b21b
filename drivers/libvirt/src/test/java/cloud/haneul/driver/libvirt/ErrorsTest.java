package cloud.haneul.driver.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.spi.DriverException.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libvirt.Error;
import org.libvirt.jna.virError;

/** libvirt's numbers and words, as it really sends them, and what the core is told. */
class ErrorsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            42 | 10 | 0  | Domain not found: no domain with matching uuid                                              | NOT_FOUND
            50 | 18 | 0  | Storage volume not found: no storage vol with matching name 'x'                             | NOT_FOUND
            90 | 18 | 0  | storage volume 'x' exists already                                                           | BUSY
            68 | 10 | 0  | Timed out during operation: cannot acquire state change lock (held by monitor=remoteDisp)   | BUSY
            55 | 10 | 0  | Requested operation is not valid: domain is already running                                 | BUSY
            38 | 18 | 28 | cannot fill file '/srv/x'                                                                   | DISK_FULL
            1  | 10 | 0  | internal error: process exited: qemu: Failed to write to x: No space left on device         | DISK_FULL
            1  | 10 | 0  | internal error: process exited while connecting to monitor: cannot set up guest memory      | NO_CAPACITY
            1  | 10 | 0  | internal error: qemu unexpectedly closed the monitor                                        | BACKEND_ERROR
            2  | 0  | 0  | out of memory                                                                               | NO_CAPACITY
            67 | 10 | 0  | unsupported configuration: IDE controllers are unsupported for this QEMU binary or machine  | UNSUPPORTED
            27 | 20 | 0  | XML error: missing element                                                                  | INTERNAL
            38 | 7  | 32 | Cannot write data: Broken pipe                                                              | INTERRUPTED
            1  | 7  | 0  | internal error: client socket is closed                                                     | INTERRUPTED
            88 | 42 | 0  | access denied                                                                               | AUTHENTICATION_FAILED
            """)
    void whatLibvirtSaysBecomesWhatTheCoreActsOn(int number, int domain, int errno, String message, Code code) {
        assertThat(Errors.code(error(number, domain, errno, message))).isEqualTo(code);
    }

    @Test
    void pathsOfTheHostAreForTheOperatorAlone() {
        var refusal = Errors.calling("starting the server", error(1, 10, 0, "cannot open /srv/secret/x"), null);
        assertThat(refusal.getMessage()).doesNotContain("/srv").contains("starting the server");
        assertThat(refusal.detail()).contains("/srv/secret/x");
    }

    @Test
    void anErrorWithoutReasonIsTheBackEnds() {
        assertThat(Errors.calling("starting the server", (Error) null, null).code())
                .isEqualTo(Code.BACKEND_ERROR);
    }

    private static Error error(int number, int domain, int errno, String message) {
        virError error = new virError();
        error.code = number;
        error.domain = domain;
        error.level = 2;
        error.message = message;
        error.int1 = errno;
        return new Error(error);
    }
}
