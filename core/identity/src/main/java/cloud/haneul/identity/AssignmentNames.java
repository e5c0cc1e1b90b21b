package cloud.haneul.identity;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.data.Batches;
import cloud.haneul.kernel.data.Database;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The names of all that a list of assignments speaks of; for those who were shown the list. */
@Component
public class AssignmentNames {
    private final Database database;
    private final RoleBook roles;

    @Inject
    AssignmentNames(Database database, RoleBook roles) {
        this.database = database;
        this.roles = roles;
    }

    /**
     * What a list of assignments is about, by id; one query a kind.
     *
     * @param domainId empty for domains and roles of the whole cloud
     */
    public record Named(String id, String name, Optional<String> domainId, String domainName) {}

    /** The names of all that a list speaks of. */
    public Map<String, Named> of(List<HeldRole> held) {
        Set<String> users = new LinkedHashSet<>();
        Set<String> groups = new LinkedHashSet<>();
        Set<String> places = new LinkedHashSet<>();
        for (HeldRole h : held) {
            (h.grant().actor().type() == Grant.ActorType.USER ? users : groups)
                    .add(h.grant().actor().id());
            places.add(h.grant().target().id());
            h.groupId().ifPresent(groups::add);
            h.from().map(Grant.Target::id).ifPresent(places::add);
        }
        Map<String, Named> names = database.read(em -> names(em, users, groups, places));
        held.stream()
                .flatMap(h -> Stream.concat(Stream.of(h.grant().roleId()), h.priorRoleId().stream()))
                .flatMap(id -> roles.find(id).stream())
                .forEach(role -> names.put(role.id(), new Named(role.id(), role.name(), role.domainId(), "")));
        return names;
    }

    private static Map<String, Named> names(
            EntityManager em, Set<String> users, Set<String> groups, Set<String> places) {
        Map<String, Named> names = new HashMap<>();
        collect(em, "IdentityUser", users, names);
        collect(em, "IdentityGroup", groups, names);
        collect(em, "Project", places, names);
        Set<String> domains = new LinkedHashSet<>();
        names.values().forEach(named -> named.domainId().ifPresent(domains::add));
        Map<String, String> domainNames = Names.of(em, "Project", domains);
        names.replaceAll((id, named) -> new Named(
                id,
                named.name(),
                named.domainId(),
                named.domainId().map(domainNames::get).orElse("")));
        return names;
    }

    private static void collect(EntityManager em, String entity, Set<String> ids, Map<String, Named> into) {
        for (List<String> some : Batches.of(ids)) {
            em.createQuery("select r.id, r.name, r.domainId from " + entity + " r where r.id in :ids", Object[].class)
                    .setParameter("ids", some)
                    .getResultList()
                    .forEach(row -> into.put(
                            (String) row[0],
                            new Named((String) row[0], (String) row[1], Optional.ofNullable((String) row[2]), "")));
        }
    }
}
