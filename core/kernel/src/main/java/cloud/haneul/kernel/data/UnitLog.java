package cloud.haneul.kernel.data;

import org.eclipse.persistence.exceptions.DatabaseException;
import org.eclipse.persistence.exceptions.OptimisticLockException;
import org.eclipse.persistence.logging.JavaLog;
import org.eclipse.persistence.logging.SessionLog;
import org.eclipse.persistence.logging.SessionLogEntry;

/**
 * EclipseLink's log without warnings of refused rows: a name that is taken, a row that another controller was faster to change.
 * They come to {@link Database} as exceptions, and whoever asked knows whether anything is wrong.
 */
public final class UnitLog extends JavaLog {
    @Override
    public void log(SessionLogEntry entry) {
        if (entry.getException() instanceof DatabaseException
                || entry.getException() instanceof OptimisticLockException) {
            entry.setLevel(SessionLog.FINE);
        }
        if (shouldLog(entry.getLevel(), entry.getNameSpace())) {
            super.log(entry);
        }
    }
}
