package cloud.haneul.identity;

/**
 * Why somebody gets no token although his password is right: it must be changed first, since its time is up or somebody else
 * chose it. It is the cause of the {@link cloud.haneul.kernel.Fault} that refuses him.
 */
public final class PasswordExpired extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PasswordExpired() {
        super("The password must be changed.");
    }
}
