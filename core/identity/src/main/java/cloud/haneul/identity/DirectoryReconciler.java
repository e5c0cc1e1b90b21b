package cloud.haneul.identity;

import cloud.haneul.identity.LdapDirectory.Wanted;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.reconcile.Reconciler;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads anew, now and then, those users and groups of directories that are known here: who was disabled, removed or put into
 * another group there loses here what he had by it. A directory that does not answer is left for the next time.
 */
@Component
class DirectoryReconciler implements Reconciler {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryReconciler.class);
    private static final int AT_ONCE = 500;

    private final Database database;
    private final Directories directories;
    private final Shadows shadows;

    @Inject
    DirectoryReconciler(Database database, Directories directories, Shadows shadows) {
        this.database = database;
        this.directories = directories;
        this.shadows = shadows;
    }

    @Override
    public String name() {
        return "directories";
    }

    @Override
    public Duration period() {
        return IdentitySettings.LDAP_REFRESH.get();
    }

    @Override
    public void reconcile() {
        for (String domain : directories.domains()) {
            try {
                directories.of(domain).ifPresent(directory -> refresh(domain, directory));
            } catch (Fault e) {
                LOG.warn("The directory of domain {} was not read: {}", domain, e.detail());
            }
        }
    }

    private void refresh(String domain, LdapDirectory directory) {
        Map<String, Shadow> users = known(domain, Shadow.USER);
        Map<String, Shadow> groups = known(domain, Shadow.GROUP);
        if (users.isEmpty() && groups.isEmpty()) {
            return;
        }
        List<LdapEntry> people = in(users, directory.users(Wanted.ALL));
        List<LdapEntry> teams = in(groups, directory.groups(Wanted.ALL));
        Map<LdapEntry, Set<String>> members = new HashMap<>();
        for (LdapEntry team : teams) {
            members.put(
                    team,
                    directory.members(team).stream().map(LdapEntry::localId).collect(Collectors.toSet()));
        }
        database.run(em -> shadows.groups(em, domain, teams));
        for (int i = 0; i < people.size(); i += AT_ONCE) {
            List<LdapEntry> some = people.subList(i, Math.min(people.size(), i + AT_ONCE));
            database.run(em -> {
                shadows.users(em, domain, some);
                Map<String, Set<String>> his = new HashMap<>();
                for (LdapEntry person : some) {
                    his.put(
                            Shadow.publicId(domain, Shadow.USER, person.localId()),
                            teams.stream()
                                    .filter(team -> members.get(team).contains(person.localId()))
                                    .map(team -> Shadow.publicId(domain, Shadow.GROUP, team.localId()))
                                    .collect(Collectors.toSet()));
                }
                shadows.memberships(em, domain, his);
            });
        }
        database.run(em -> {
            gone(users, people).forEach(shadow -> shadows.vanished(em, shadow));
            gone(groups, teams).forEach(shadow -> shadows.vanished(em, shadow));
        });
    }

    private Map<String, Shadow> known(String domain, String kind) {
        return database
                .read(em -> em.createQuery(
                                "select s from Shadow s where s.domainId = :domain and s.kind = :kind", Shadow.class)
                        .setParameter("domain", domain)
                        .setParameter("kind", kind)
                        .getResultList())
                .stream()
                .collect(Collectors.toMap(Shadow::localId, shadow -> shadow));
    }

    private static List<LdapEntry> in(Map<String, Shadow> known, List<LdapEntry> entries) {
        return entries.stream()
                .filter(entry -> known.containsKey(entry.localId()))
                .toList();
    }

    private static List<Shadow> gone(Map<String, Shadow> known, List<LdapEntry> there) {
        Set<String> still = new HashSet<>();
        there.forEach(entry -> still.add(entry.localId()));
        List<Shadow> gone = new ArrayList<>(known.values());
        gone.removeIf(shadow -> still.contains(shadow.localId()));
        return gone;
    }
}
