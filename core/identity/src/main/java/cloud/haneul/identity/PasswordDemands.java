package cloud.haneul.identity;

/**
 * What is asked of new passwords here, for pages that say so before somebody thinks of one. {@link PasswordRules} sees to it.
 *
 * @param least characters
 * @param like what else it must be like, in the operator's own words or as a regular expression; empty: anything
 * @param unlike how many of the last ones, the one in force included, cannot be chosen again; 0 is none
 * @param keep days before one can choose the next
 * @param last days it is good for; 0 is for ever
 */
public record PasswordDemands(long least, String like, long unlike, long keep, long last) {

    /** As they are now. */
    public static PasswordDemands now() {
        String words = IdentitySettings.PASSWORD_REGEX_WORDS.get();
        return new PasswordDemands(
                IdentitySettings.PASSWORD_MIN.get(),
                words.isEmpty() ? IdentitySettings.PASSWORD_REGEX.get() : words,
                PasswordRules.unlike(),
                IdentitySettings.PASSWORD_MIN_DAYS.get(),
                IdentitySettings.PASSWORD_DAYS.get());
    }
}
