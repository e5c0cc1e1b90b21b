package cloud.haneul.identity;

import cloud.haneul.kernel.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A {@link HeldRole} as the marker of a page: it has no id, so the marker says all of it. Its form is nobody's business. */
final class HeldRoleMarker {
    private static final String NONE = "-";
    private static final int PARTS = 10;

    private HeldRoleMarker() {}

    static String of(HeldRole held) {
        Grant grant = held.grant();
        String text = Stream.of(
                        grant.actor().type().word(),
                        grant.actor().id(),
                        grant.target().type().word(),
                        grant.target().id(),
                        grant.roleId(),
                        Boolean.toString(grant.inherited()),
                        held.groupId().orElse(NONE),
                        held.from().map(from -> from.type().word()).orElse(NONE),
                        held.from().map(Grant.Target::id).orElse(NONE),
                        held.priorRoleId().orElse(NONE))
                .collect(Collectors.joining(" "));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws Fault BAD_REQUEST for what is no such marker */
    static HeldRole read(String marker) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
            String[] part = text.split(" ", -1);
            if (part.length != PARTS || text.chars().anyMatch(Character::isISOControl)) {
                throw unknown(marker);
            }
            return new HeldRole(
                    new Grant(
                            new Grant.Actor(Grant.ActorType.of(part[0]), part[1]),
                            new Grant.Target(Grant.TargetType.of(part[2]), part[3]),
                            part[4],
                            Boolean.parseBoolean(part[5])),
                    said(part[6]),
                    said(part[7]).map(type -> new Grant.Target(Grant.TargetType.of(type), part[8])),
                    said(part[9]));
        } catch (IllegalArgumentException e) {
            throw unknown(marker).cause(e);
        }
    }

    private static Optional<String> said(String text) {
        return Optional.of(text).filter(value -> !value.equals(NONE));
    }

    private static Fault unknown(String marker) {
        return Fault.badRequest("marker", "Marker " + marker + " could not be found.");
    }
}
