package cloud.haneul.portal.identity;

import cloud.haneul.identity.AssignmentFilter;
import cloud.haneul.identity.AssignmentNames;
import cloud.haneul.identity.AssignmentNames.Named;
import cloud.haneul.identity.Assignments;
import cloud.haneul.identity.Grant;
import cloud.haneul.identity.HeldRole;
import cloud.haneul.identity.Role;
import cloud.haneul.identity.Roles;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.portal.Requested;
import cloud.haneul.portal.ResourcePanel;
import cloud.haneul.portal.RowAction;
import cloud.haneul.portal.Sift;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which roles somebody has, where, and how he came by them; {@code ?id=} says whose. */
public abstract class HeldRolesPanel extends ResourcePanel<HeldRolesPanel.Row> {
    private static final long serialVersionUID = 1L;

    /**
     * A role somewhere.
     *
     * @param place its name; empty for the whole cloud
     * @param domain the name of the place's domain; empty for domains and the whole cloud
     * @param how he came by it, in words
     */
    public record Row(HeldRole held, String role, String place, String domain, String how) {
        public String kind() {
            return held.grant().target().type().name();
        }

        /** The page about the place; empty for the whole cloud. */
        public String address() {
            Grant.Target target = held.grant().target();
            return switch (target.type()) {
                case PROJECT -> "members.xhtml?project=" + target.id();
                case DOMAIN -> "members.xhtml?domain=" + target.id();
                case SYSTEM -> "";
            };
        }

        /** Whether it was given here, to him: only then it can be taken away here. */
        public boolean isGiven() {
            return held.groupId().isEmpty()
                    && held.from().isEmpty()
                    && held.priorRoleId().isEmpty();
        }
    }

    @Inject
    private transient Assignments assignments;

    @Inject
    private transient AssignmentNames assignmentNames;

    @Inject
    private transient Roles roles;

    /** Whose roles these are. */
    protected final String of = Requested.text("id");

    private transient Set<String> givable;

    protected HeldRolesPanel(String prefix) {
        super(prefix, "project user", row -> row.held().marker(), row -> row.role() + " · " + row.place());
    }

    protected abstract AssignmentFilter filter();

    @Override
    protected List<Row> load(Caller caller, Query query) {
        return Sift.search(query, page -> rows(caller, page), this::id, row -> row.role() + " " + row.place());
    }

    private List<Row> rows(Caller caller, Page page) {
        List<HeldRole> held = assignments.list(caller, filter(), new Page(page.limit(), page.marker(), List.of()));
        Map<String, Named> names = assignmentNames.of(held);
        return held.stream().map(each -> row(names, each)).toList();
    }

    private Row row(Map<String, Named> names, HeldRole held) {
        Optional<Named> place =
                Optional.ofNullable(names.get(held.grant().target().id()));
        List<String> how = new ArrayList<>();
        held.groupId().ifPresent(id -> how.add(ui.word("held.group", name(names, id))));
        held.from().ifPresent(above -> how.add(ui.word("held.from", name(names, above.id()))));
        held.priorRoleId().ifPresent(id -> how.add(ui.word("held.implied", name(names, id))));
        if (held.grant().inherited()) {
            how.add(ui.word("held.below"));
        }
        return new Row(
                held,
                name(names, held.grant().roleId()),
                place.map(Named::name).orElse(ui.word("held.everywhere")),
                place.map(Named::domainName).orElse(""),
                how.isEmpty() ? ui.word("held.given") : String.join(" · ", how));
    }

    private static String name(Map<String, Named> names, String id) {
        return Optional.ofNullable(names.get(id)).map(Named::name).orElse(id);
    }

    @Override
    protected List<RowAction<Row>> offers() {
        return List.of(RowAction.<Row>of(
                        "remove",
                        "pi-user-minus",
                        (c, row) -> assignments.revoke(c, row.held().grant()))
                .when(row -> row.isGiven() && isGivable(row.held().grant().roleId()))
                .needs("identity:find_user")
                .bulk()
                .dangerous());
    }

    /** Whoever may not give a role may not take it away either. */
    private boolean isGivable(String roleId) {
        if (givable == null) {
            givable = roles.everywhere(me.caller(), "", Page.all()).stream()
                    .map(Role::id)
                    .collect(Collectors.toSet());
        }
        return givable.contains(roleId);
    }
}
