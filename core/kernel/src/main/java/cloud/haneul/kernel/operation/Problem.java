package cloud.haneul.kernel.operation;

import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Recovery;

/**
 * Why a step failed.
 *
 * @param code name of the driver's or the fault's code
 * @param text for the user
 * @param detail for the operator
 */
public record Problem(String code, String text, String detail, Recovery recovery) {
    private static final String UNEXPECTED = "An unexpected error stopped the work. Please report the request id.";

    static Problem of(Throwable thrown) {
        if (thrown instanceof DriverException e) {
            return new Problem(
                    e.code().name(), e.getMessage(), e.detail(), e.code().recovery());
        }
        if (thrown instanceof Fault fault) {
            return new Problem(fault.kind().name(), fault.getMessage(), fault.detail(), Recovery.FIX_INPUT);
        }
        if (thrown instanceof Database.StaleRow
                || thrown instanceof Database.TransientFailure
                || thrown instanceof Database.DuplicateKey) {
            return new Problem("DATABASE_BUSY", "The database was busy.", thrown.toString(), Recovery.RETRY);
        }
        return new Problem("INTERNAL", UNEXPECTED, thrown.toString(), Recovery.CALL_OPERATOR);
    }
}
