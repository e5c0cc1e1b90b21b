package cloud.haneul.network;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.quota.Quotas;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Each project's default group, made when it is first needed: everything out, and in from its own members. Parallel first
 * requests make one: the row's unique key lets one of them insert and the others wait and find it.
 */
@Component
class DefaultGroups {
    static final String NAME = "default";

    private final Database database;
    private final Quotas quotas;
    private final Changes changes;
    private final Clock clock;

    @Inject
    DefaultGroups(Database database, Quotas quotas, Changes changes, Clock clock) {
        this.database = database;
        this.quotas = quotas;
        this.changes = changes;
        this.clock = clock;
    }

    UUID ensure(EntityManager em, String project) {
        return find(em, project).orElseGet(() -> {
            UUID id = Ids.newId();
            Instant now = clock.instant();
            boolean first = Rows.insert(
                    em,
                    database.isPostgres(),
                    "insert into network_security_group (id, project_id, name, description, tags, default_of, created_at, updated_at,"
                            + " revision, wired_revision, deleting, attempts) values (?, ?, ?, ?, '[]', ?, ?, ?, 1, 0, false, 0)",
                    id,
                    project,
                    NAME,
                    "Default security group",
                    project,
                    now,
                    now);
            if (!first) {
                return find(em, project)
                        .orElseThrow(
                                () -> new IllegalStateException("The default group of " + project + " is gone again"));
            }
            quotas.reserve(project, Map.of("security_group", 1L, "security_group_rule", 4L));
            for (String etherType : new String[] {"IPv4", "IPv6"}) {
                allow(em, id, project, "egress", etherType, Optional.empty(), now);
                allow(em, id, project, "ingress", etherType, Optional.of(id), now);
            }
            em.flush();
            changes.wire(em.find(SecurityGroup.class, id));
            return id;
        });
    }

    private static void allow(
            EntityManager em,
            UUID group,
            String project,
            String direction,
            String etherType,
            Optional<UUID> remoteGroup,
            Instant now) {
        NewSecurityRule rule = new NewSecurityRule(
                group,
                Optional.of(project),
                Optional.empty(),
                direction,
                etherType,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                remoteGroup);
        em.persist(new SecurityRule(Ids.newId(), project, rule, now));
    }

    private static Optional<UUID> find(EntityManager em, String project) {
        return em.createQuery("select g.id from SecurityGroup g where g.defaultOf = :p", UUID.class)
                .setParameter("p", project)
                .getResultStream()
                .findFirst();
    }
}
