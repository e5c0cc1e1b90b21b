package cloud.haneul.identity;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.event.Audit;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The use cases around endpoint groups themselves; which project has which is {@link EndpointFilters}' business. */
@Component
public class EndpointGroups {
    private final Database database;
    private final Access access;
    private final Revocations revocations;
    private final Audit audit;

    @Inject
    EndpointGroups(Database database, Access access, Revocations revocations, Audit audit) {
        this.database = database;
        this.access = access;
        this.revocations = revocations;
        this.audit = audit;
    }

    /**
     * What an endpoint group shall become; empty is left as it is.
     *
     * @param description empty text for none
     */
    public record Change(Optional<String> name, Optional<String> description, Optional<EndpointGroup.Filter> filter) {}

    public EndpointGroup create(Caller caller, String name, Change wanted) {
        access.require(caller, "identity:create_endpoint_group", Map.of());
        return database.write(em -> {
            EndpointGroup group = new EndpointGroup(Ids.newHexId(), name);
            apply(group, wanted);
            em.persist(group);
            audit.success(caller, "identity:create_endpoint_group", "endpoint_group", group.id(), name);
            return group;
        });
    }

    public EndpointGroup get(Caller caller, String id) {
        access.require(caller, "identity:get_endpoint_group", Map.of());
        return database.read(em -> existing(em, id));
    }

    public List<EndpointGroup> list(Caller caller, Optional<String> name, Page page) {
        access.require(caller, "identity:list_endpoint_groups", Map.of());
        return database.read(em -> Rows.of(EndpointGroup.class, "EndpointGroup")
                .where("name", name)
                .page(em, page, EndpointGroup::name));
    }

    public EndpointGroup update(Caller caller, String id, Change change) {
        access.require(caller, "identity:update_endpoint_group", Map.of());
        return database.write(em -> {
            EndpointGroup group = existing(em, id);
            apply(group, change);
            changed(caller, "identity:update_endpoint_group", group);
            return group;
        });
    }

    public void delete(Caller caller, String id) {
        access.require(caller, "identity:delete_endpoint_group", Map.of());
        database.run(em -> {
            EndpointGroup group = existing(em, id);
            EndpointFilters.forgetThing(em, id);
            em.remove(group);
            changed(caller, "identity:delete_endpoint_group", group);
        });
    }

    /** The endpoints that belong to a group. */
    public List<Endpoint> endpoints(Caller caller, String id) {
        access.require(caller, "identity:list_endpoints_associated_with_endpoint_group", Map.of());
        return database.read(em -> {
            EndpointGroup group = existing(em, id);
            return EndpointFilters.all(em).stream().filter(group::takes).toList();
        });
    }

    static EndpointGroup existing(EntityManager em, String id) {
        return Optional.ofNullable(em.find(EndpointGroup.class, id))
                .orElseThrow(() -> Faults.notFound("endpoint group", id));
    }

    private static void apply(EndpointGroup group, Change change) {
        change.name().ifPresent(name -> group.rename(Text.name("name", name, 255)));
        change.description().ifPresent(text -> group.describe(Text.description(text)));
        change.filter().ifPresent(filter -> {
            filter.face().ifPresent(Endpoints::face);
            if (filter.equals(new EndpointGroup.Filter(Optional.empty(), Optional.empty(), Optional.empty()))) {
                throw Fault.badRequest("filters", "filters field is required and cannot be empty");
            }
            group.filter(filter);
        });
    }

    private void changed(Caller caller, String rule, EndpointGroup group) {
        revocations.stale(Catalog.ID);
        audit.success(caller, rule, "endpoint_group", group.id(), group.name());
    }
}
