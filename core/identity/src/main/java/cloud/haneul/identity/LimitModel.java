package cloud.haneul.identity;

import java.util.Locale;

/** How the limits of projects and of their domains hang together. */
public enum LimitModel {
    /** Every limit stands for itself. */
    FLAT("Limit enforcement and validation does not take project hierarchy into consideration."),

    /**
     * Domains, and projects directly below them: none may have a higher limit than its domain, and all projects of a domain
     * together may not use more than the domain's.
     */
    STRICT_TWO_LEVEL("This model requires project hierarchy never exceeds a depth of two");

    private final String description;

    LimitModel(String description) {
        this.description = description;
    }

    static LimitModel current() {
        return IdentitySettings.LIMIT_MODEL.get();
    }

    static LimitModel parse(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Levels that projects may have, the domain's included. */
    long depth() {
        long configured = IdentitySettings.TREE_DEPTH.get();
        return this == FLAT ? configured : Math.min(2, configured);
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String description() {
        return description;
    }
}
