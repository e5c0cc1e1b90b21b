package cloud.haneul.driver.libvirt;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import java.util.Locale;
import org.libvirt.Error;
import org.libvirt.Error.ErrorDomain;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.LibvirtException;

/**
 * Turns what libvirt says into what the core can act on. libvirt's own text, which names paths and processes of the host, goes to
 * the operator alone. Where libvirt has one code for many causes ("internal error") its text decides.
 */
final class Errors {
    private static final int ENOSPC = 28;

    private Errors() {}

    static boolean is(LibvirtException e, ErrorNumber... codes) {
        for (ErrorNumber code : codes) {
            if (e.getError() != null && e.getError().getCode() == code) {
                return true;
            }
        }
        return false;
    }

    /** For what fails while a connection is being made. */
    static DriverException connecting(String uri, LibvirtException e) {
        String text = String.valueOf(e.getMessage());
        String lower = text.toLowerCase(Locale.ROOT);
        if (refusesCredentials(e)
                || lower.contains("permission denied")
                || lower.contains("host key verification failed")) {
            return new DriverException(
                    Code.AUTHENTICATION_FAILED,
                    "The hypervisor does not let the cloud in.",
                    "libvirt at " + uri + ": " + text
                            + " Check that the controller's user may use libvirt there (group libvirt, ssh key and"
                            + " known host, or TLS certificate).",
                    e);
        }
        return new DriverException(
                Code.UNREACHABLE,
                "The hypervisor cannot be reached.",
                "libvirt at " + uri + ": " + text
                        + " Check that the host is up, that libvirtd runs there, and that the address and port of"
                        + " the URI are right.",
                e);
    }

    /** For what fails on a connection that was made. */
    static DriverException calling(String doing, LibvirtException e, boolean connectionLost) {
        if (connectionLost) {
            return new DriverException(
                    Code.INTERRUPTED,
                    "The connection to the hypervisor broke while it was " + doing + ".",
                    detail(e.getError()),
                    e);
        }
        return calling(doing, e.getError(), e);
    }

    static DriverException calling(String doing, Error error, Throwable cause) {
        Code code = code(error);
        return new DriverException(code, userText(code, doing), detail(error), cause);
    }

    private static boolean refusesCredentials(LibvirtException e) {
        return is(
                e,
                ErrorNumber.VIR_ERR_AUTH_FAILED,
                ErrorNumber.VIR_ERR_AUTH_CANCELLED,
                ErrorNumber.VIR_ERR_AUTH_UNAVAILABLE,
                ErrorNumber.VIR_ERR_ACCESS_DENIED,
                ErrorNumber.VIR_ERR_OPERATION_DENIED);
    }

    static Code code(Error error) {
        if (error == null || error.getCode() == null) {
            return Code.BACKEND_ERROR;
        }
        String text = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("no space left on device")
                || text.contains("disk quota exceeded")
                || (error.getCode() == ErrorNumber.VIR_ERR_SYSTEM_ERROR && error.getInt1() == ENOSPC)) {
            return Code.DISK_FULL;
        }
        if (text.contains("cannot allocate memory") || text.contains("cannot set up guest memory")) {
            return Code.NO_CAPACITY;
        }
        if (error.getDomain() == ErrorDomain.VIR_FROM_RPC) {
            return Code.INTERRUPTED;
        }
        return switch (error.getCode()) {
            case VIR_ERR_NO_DOMAIN, VIR_ERR_NO_STORAGE_POOL, VIR_ERR_NO_STORAGE_VOL -> Code.NOT_FOUND;
            case VIR_ERR_NO_MEMORY -> Code.NO_CAPACITY;
            case VIR_ERR_DOM_EXIST -> Code.CONFLICT;
            // we look before we make a volume: another thread made it in between, and the next look finds it
            case VIR_ERR_STORAGE_VOL_EXIST,
                    VIR_ERR_OPERATION_TIMEOUT,
                    VIR_ERR_RESOURCE_BUSY,
                    VIR_ERR_OPERATION_INVALID -> Code.BUSY;
            case VIR_ERR_RPC, VIR_ERR_INVALID_CONN -> Code.INTERRUPTED;
            case VIR_ERR_AUTH_FAILED,
                    VIR_ERR_AUTH_CANCELLED,
                    VIR_ERR_AUTH_UNAVAILABLE,
                    VIR_ERR_ACCESS_DENIED,
                    VIR_ERR_OPERATION_DENIED -> Code.AUTHENTICATION_FAILED;
            case VIR_ERR_NO_SUPPORT,
                    VIR_ERR_CONFIG_UNSUPPORTED,
                    VIR_ERR_ARGUMENT_UNSUPPORTED,
                    VIR_ERR_OPERATION_UNSUPPORTED -> Code.UNSUPPORTED;
            case VIR_ERR_XML_ERROR, VIR_ERR_XML_DETAIL, VIR_ERR_XML_INVALID_SCHEMA -> Code.INTERNAL;
            default -> Code.BACKEND_ERROR;
        };
    }

    private static String userText(Code code, String doing) {
        return switch (code) {
            case NOT_FOUND -> "The hypervisor does not know what it was asked about while " + doing + ".";
            case CONFLICT -> "The hypervisor already has something of this name, found while " + doing + ".";
            case BUSY -> "The hypervisor is occupied with the same server; " + doing + " has to wait.";
            case NO_CAPACITY -> "The hypervisor has not enough memory for " + doing + ".";
            case DISK_FULL -> "The hypervisor's storage is full; " + doing + " is not possible.";
            case AUTHENTICATION_FAILED -> "The hypervisor does not let the cloud do this: " + doing + ".";
            case UNSUPPORTED -> "The hypervisor lacks an ability needed for " + doing + ".";
            case INTERRUPTED -> "The connection to the hypervisor broke while " + doing + ".";
            default -> "The hypervisor failed while " + doing + ".";
        };
    }

    private static String detail(Error error) {
        return error == null
                ? "libvirt gave no reason"
                : "libvirt: " + error.getMessage() + " (" + error.getCode() + ", " + error.getDomain() + ")";
    }
}
