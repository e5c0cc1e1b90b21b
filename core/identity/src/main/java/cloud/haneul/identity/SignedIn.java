package cloud.haneul.identity;

import java.io.Serializable;

/**
 * Shiro's principal for somebody who logged in: his token, which is checked anew with every request by
 * {@link Tokens#authenticate}, so that a session ends when the token does.
 */
public record SignedIn(String userId, String token) implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
        return "user " + userId;
    }
}
