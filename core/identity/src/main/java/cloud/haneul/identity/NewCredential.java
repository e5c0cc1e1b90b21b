package cloud.haneul.identity;

import java.util.Optional;

/**
 * A credential to be made.
 *
 * @param type {@code ec2}, {@code totp} or a word of the client's own
 * @param blob the secret thing itself: JSON for {@code ec2}, base32 for {@code totp}
 * @param projectId needed for {@code ec2}
 */
public record NewCredential(String userId, String type, String blob, Optional<String> projectId) {
    @Override
    public String toString() {
        return type + " credential of " + userId;
    }
}
