package cloud.haneul.identity;

import java.util.Locale;

/**
 * A role given to somebody somewhere.
 *
 * @param inherited whether it counts in the projects below the target instead of the target itself
 */
public record Grant(Actor actor, Target target, String roleId, boolean inherited) {

    /** Who has it. */
    public record Actor(ActorType type, String id) {
        public static Actor user(String id) {
            return new Actor(ActorType.USER, id);
        }

        public static Actor group(String id) {
            return new Actor(ActorType.GROUP, id);
        }
    }

    /** Where it counts. */
    public record Target(TargetType type, String id) {
        public static final Target SYSTEM = new Target(TargetType.SYSTEM, "system");

        public static Target project(String id) {
            return new Target(TargetType.PROJECT, id);
        }

        public static Target domain(String id) {
            return new Target(TargetType.DOMAIN, id);
        }
    }

    public enum ActorType {
        USER,
        GROUP;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static ActorType of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    public enum TargetType {
        PROJECT,
        DOMAIN,
        SYSTEM;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static TargetType of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    public static Grant of(Actor actor, Target target, String roleId) {
        return new Grant(actor, target, roleId, false);
    }
}
