package cloud.haneul.network;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Batches;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.quota.Quotas;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Security groups and their rules. */
@Component
public class SecurityGroups {
    private static final Listing<SecurityGroup> GROUPS = Listing.of(SecurityGroup.class)
            .text("name", "name", SecurityGroup::name)
            .special(
                    "stateful",
                    values -> new Listing.Clause(
                            values.stream().anyMatch(v -> v.equalsIgnoreCase("true"))
                                    ? Listing.EVERYTHING
                                    : Listing.NOTHING,
                            Map.of()))
            .special(
                    "shared",
                    values -> new Listing.Clause(
                            values.stream().anyMatch(v -> v.equalsIgnoreCase("true"))
                                    ? Listing.NOTHING
                                    : Listing.EVERYTHING,
                            Map.of()));
    private static final Listing<SecurityRule> RULES = Listing.of(SecurityRule.class)
            .id("security_group_id", "groupId")
            .text("direction", "direction", SecurityRule::direction)
            .text("ethertype", "etherType", SecurityRule::etherType)
            .text("protocol", "protocol", rule -> rule.protocol().orElse(""))
            .integer("port_range_min", "portMin")
            .integer("port_range_max", "portMax")
            .text("remote_ip_prefix", "remotePrefix", rule -> rule.remotePrefix()
                    .orElse(""))
            .id("remote_group_id", "remoteGroup");

    private final Database database;
    private final Access access;
    private final Quotas quotas;
    private final Finder finder;
    private final DefaultGroups defaultGroups;
    private final Changes changes;
    private final Clock clock;

    @Inject
    SecurityGroups(
            Database database,
            Access access,
            Quotas quotas,
            Finder finder,
            DefaultGroups defaultGroups,
            Changes changes,
            Clock clock) {
        this.database = database;
        this.access = access;
        this.quotas = quotas;
        this.finder = finder;
        this.defaultGroups = defaultGroups;
        this.changes = changes;
        this.clock = clock;
    }

    /** A new group lets everything out and nothing in. */
    public SecurityGroup create(Caller caller, Optional<String> projectId, String name, Optional<String> description) {
        String project = Owners.of(caller, projectId);
        access.require(caller, "create_security_group", Map.of("project_id", project));
        return database.writeRetrying(em -> {
            defaultGroups.ensure(em, project);
            if (name.equalsIgnoreCase(DefaultGroups.NAME)) {
                throw Fault.conflict("Default security group already exists.")
                        .type("SecurityGroupDefaultAlreadyExists");
            }
            quotas.reserve(project, Map.of("security_group", 1L, "security_group_rule", 2L));
            SecurityGroup group = new SecurityGroup(Ids.newId(), project, name, description, clock.instant());
            em.persist(group);
            em.flush();
            for (String etherType : new String[] {"IPv4", "IPv6"}) {
                em.persist(new SecurityRule(Ids.newId(), project, egress(group.id(), etherType), clock.instant()));
            }
            em.flush();
            changes.made(caller, "create_security_group", group, name);
            changes.wire(group);
            return load(em, List.of(group)).get(0);
        });
    }

    private static NewSecurityRule egress(UUID group, String etherType) {
        return new NewSecurityRule(
                group,
                Optional.empty(),
                Optional.empty(),
                "egress",
                etherType,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** With their rules; three queries. The caller's project has its default group at the latest now. */
    public List<SecurityGroup> list(Caller caller, ListQuery query) {
        boolean all = access.allowed(caller, "get_security_group", Map.of("project_id", Owners.NOBODY));
        caller.projectId().ifPresent(project -> database.run(em -> defaultGroups.ensure(em, project)));
        return database.read(em -> {
            List<SecurityGroup> rows = GROUPS.page(
                    em,
                    "r.deleting = false" + (all ? "" : " and r.projectId = :own"),
                    all ? Map.of() : Map.of("own", Owners.own(caller)),
                    query);
            rows.removeIf(group -> !access.allowed(caller, "get_security_group", group.target()));
            return load(em, rows);
        });
    }

    public SecurityGroup show(Caller caller, UUID id) {
        return database.read(
                em -> load(em, List.of(finder.group(em, caller, id))).get(0));
    }

    public SecurityGroup update(Caller caller, UUID id, Optional<String> name, Optional<String> description) {
        return database.writeRetrying(em -> {
            SecurityGroup group = finder.group(em, caller, id);
            access.require(caller, "update_security_group", group.target());
            if (group.isDefault() && name.filter(n -> !n.equals(group.name())).isPresent()) {
                throw Fault.conflict("Updating default security group not allowed.")
                        .type("SecurityGroupCannotUpdateDefault");
            }
            if (name.filter(n -> !n.equals(group.name())).isPresent()) {
                changes.shown(em, "p.id in (select l.portId from PortGroup l where l.groupId = :id)", id);
            }
            group.change(name, description, clock.instant());
            em.flush();
            changes.made(caller, "update_security_group", group, group.name());
            changes.wire(group);
            return load(em, List.of(group)).get(0);
        });
    }

    /** @throws Fault CONFLICT while a port is in it, or for the default group of a project */
    public void delete(Caller caller, UUID id) {
        database.writeRetrying(em -> {
            SecurityGroup group = finder.group(em, caller, id);
            access.require(caller, "delete_security_group", group.target());
            if (group.isDefault() && !caller.isAdmin()) {
                throw Fault.conflict("Insufficient rights for removing default security group.")
                        .type("SecurityGroupCannotRemoveDefault");
            }
            long ports = em.createQuery("select count(g) from PortGroup g where g.groupId = :g", Long.class)
                    .setParameter("g", id)
                    .getSingleResult();
            if (ports > 0) {
                throw Fault.conflict("Security Group " + id + " in use.").type("SecurityGroupInUse");
            }
            // rules of other groups that let this one's members in lose their meaning, as those do that are in it
            List<SecurityRule> gone = em.createQuery(
                            "select r from SecurityRule r where r.groupId = :g or r.remoteGroup = :g",
                            SecurityRule.class)
                    .setParameter("g", id)
                    .getResultList();
            for (SecurityRule rule : gone) {
                em.remove(rule);
                quotas.release(rule.projectId(), Map.of("security_group_rule", 1L));
                if (!rule.groupId().equals(id)) {
                    rewire(em.find(SecurityGroup.class, rule.groupId()));
                }
            }
            em.flush();
            group.beginDeleting(clock.instant());
            quotas.release(group.projectId(), Map.of("security_group", 1L));
            changes.made(caller, "delete_security_group", group, group.name());
            changes.wire(group);
            return null;
        });
    }

    public SecurityRule createRule(Caller caller, NewSecurityRule asked) {
        return createRules(caller, List.of(asked)).get(0);
    }

    /** All or none. */
    public List<SecurityRule> createRules(Caller caller, List<NewSecurityRule> asked) {
        try {
            return database.write(em -> {
                List<SecurityRule> made = new ArrayList<>();
                for (NewSecurityRule one : asked) {
                    made.add(createRule(em, caller, one));
                }
                return made;
            });
        } catch (Database.DuplicateKey | Database.StaleRow e) {
            // whoever was faster may have made the same rule, or another of the group
            return database.write(
                    em -> asked.stream().map(one -> createRule(em, caller, one)).toList());
        }
    }

    private SecurityRule createRule(EntityManager em, Caller caller, NewSecurityRule asked) {
        SecurityGroup group = finder.group(em, caller, asked.groupId());
        access.require(
                caller,
                "create_security_group_rule",
                Map.of("project_id", group.projectId(), "security_group:tenant_id", group.projectId()));
        asked.remoteGroup().ifPresent(remote -> finder.group(em, caller, remote));
        em.refresh(group, jakarta.persistence.LockModeType.PESSIMISTIC_WRITE);
        em.createQuery("select r.id from SecurityRule r where r.groupId = :g and r.sameness = :s", UUID.class)
                .setParameter("g", group.id())
                .setParameter("s", asked.sameness())
                .getResultStream()
                .findFirst()
                .ifPresent(same -> {
                    throw Fault.conflict("Security group rule already exists. Rule id is " + same + ".")
                            .type("SecurityGroupRuleExists");
                });
        quotas.reserve(group.projectId(), Map.of("security_group_rule", 1L));
        SecurityRule rule = new SecurityRule(Ids.newId(), group.projectId(), asked, clock.instant());
        em.persist(rule);
        rewire(group);
        em.flush();
        changes.made(caller, "create_security_group_rule", rule, "");
        return rule;
    }

    public List<SecurityRule> listRules(Caller caller, ListQuery query) {
        boolean all = access.allowed(
                caller,
                "get_security_group_rule",
                Map.of("project_id", Owners.NOBODY, "security_group:tenant_id", Owners.NOBODY));
        caller.projectId().ifPresent(project -> database.run(em -> defaultGroups.ensure(em, project)));
        return database.read(em -> {
            List<SecurityRule> rows = RULES.page(
                    em,
                    all ? Listing.EVERYTHING : "r.projectId = :own",
                    all ? Map.of() : Map.of("own", Owners.own(caller)),
                    query);
            rows.removeIf(rule -> !access.allowed(caller, "get_security_group_rule", target(rule)));
            return rows;
        });
    }

    public SecurityRule showRule(Caller caller, UUID id) {
        return database.read(em -> rule(em, caller, id));
    }

    public void deleteRule(Caller caller, UUID id) {
        database.writeRetrying(em -> {
            SecurityRule rule = rule(em, caller, id);
            access.require(caller, "delete_security_group_rule", target(rule));
            em.remove(rule);
            quotas.release(rule.projectId(), Map.of("security_group_rule", 1L));
            rewire(em.find(SecurityGroup.class, rule.groupId()));
            changes.made(caller, "delete_security_group_rule", rule, "");
            return null;
        });
    }

    public Set<String> tag(Caller caller, UUID id, Set<String> tags) {
        return database.writeRetrying(em -> {
            SecurityGroup group = finder.group(em, caller, id);
            access.require(caller, "update_security_group:tags", group.target());
            group.tag(tags);
            rewire(group);
            return tags;
        });
    }

    private SecurityRule rule(EntityManager em, Caller caller, UUID id) {
        SecurityRule rule = em.find(SecurityRule.class, id);
        if (rule == null || !access.allowed(caller, "get_security_group_rule", target(rule))) {
            throw Fault.of(Fault.Kind.NOT_FOUND, "Security group rule " + id + " does not exist")
                    .type("SecurityGroupRuleNotFound");
        }
        return rule;
    }

    private static Map<String, Object> target(SecurityRule rule) {
        // a rule belongs to whom its group belongs to
        return Map.of("project_id", rule.projectId(), "security_group:tenant_id", rule.projectId());
    }

    private void rewire(SecurityGroup group) {
        group.touch(clock.instant());
        changes.wire(group);
        changes.seen("security_group", group, "updated");
    }

    private static List<SecurityGroup> load(EntityManager em, List<SecurityGroup> groups) {
        if (groups.isEmpty()) {
            return groups;
        }
        Map<UUID, List<SecurityRule>> rules =
                rules(em, groups.stream().map(Resource::id).toList());
        groups.forEach(group -> group.with(rules.getOrDefault(group.id(), List.of())));
        return groups;
    }

    static Map<UUID, List<SecurityRule>> rules(EntityManager em, List<UUID> groups) {
        Map<UUID, List<SecurityRule>> rules = new HashMap<>();
        for (SecurityRule rule : Batches.read(groups, some -> em.createQuery(
                        "select r from SecurityRule r where r.groupId in :ids order by r.createdAt, r.id",
                        SecurityRule.class)
                .setParameter("ids", some)
                .getResultList())) {
            rules.computeIfAbsent(rule.groupId(), id -> new ArrayList<>()).add(rule);
        }
        return rules;
    }
}
