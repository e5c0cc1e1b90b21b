package cloud.haneul.identity;

import cloud.haneul.identity.LdapDirectory.Wanted;
import cloud.haneul.identity.Login.UserRef;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Page;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Users and groups of domains that keep them in a directory, for the use cases that serve all domains alike: read there, copied
 * here ({@link Shadows}), given as rows. Each method answers empty for other domains. The directory is never asked within a
 * transaction.
 */
@Component
class DirectoryPeople {
    private final Database database;
    private final Directories directories;
    private final Shadows shadows;

    @Inject
    DirectoryPeople(Database database, Directories directories, Shadows shadows) {
        this.database = database;
        this.directories = directories;
        this.shadows = shadows;
    }

    /** Whether it is somebody whose password a directory knows and we do not. */
    boolean isElsewhere(UserRef ref) {
        return domain(ref).filter(directories::has).isPresent();
    }

    /**
     * Whose password it is; somebody disabled is given as such, nobody for a wrong password.
     *
     * @throws Fault UNAVAILABLE when the directory does not answer
     */
    Optional<User> login(UserRef ref, String password) {
        return domain(ref).flatMap(domain -> directories.of(domain).flatMap(directory -> {
            Optional<Wanted> wanted = ref.id().isPresent()
                    ? database.read(em -> Shadows.find(em, ref.id().get())).map(s -> Wanted.id(s.localId()))
                    : ref.name().map(Wanted::name);
            Optional<LdapEntry> entry = wanted.flatMap(directory::user);
            if (!directory.isPassword(entry, ref.name().or(ref::id).orElse(""), password)) {
                return Optional.empty();
            }
            List<LdapEntry> groups = directory.groupsOf(entry.get());
            return Optional.of(database.writeRetrying(em -> {
                User user = shadows.user(em, domain, entry.get());
                shadows.memberships(em, user, shadows.groups(em, domain, groups));
                return user;
            }));
        }));
    }

    /** A user as he is in the directory now; the row as it is for users of other domains. */
    Optional<User> fresh(Optional<User> row) {
        return row.flatMap(user -> directories
                .of(user.domainId())
                .map(directory -> shadow(user.id())
                        .flatMap(shadow -> found(shadow, directory.user(Wanted.id(shadow.localId()))))
                        .map(entry -> database.writeRetrying(em -> shadows.user(em, user.domainId(), entry))))
                .orElse(row));
    }

    /** As {@link #fresh}, and his memberships too. */
    Optional<User> withGroups(Optional<User> row) {
        return row.flatMap(user -> directories
                .of(user.domainId())
                .map(directory -> shadow(user.id())
                        .flatMap(shadow -> found(shadow, directory.user(Wanted.id(shadow.localId()))))
                        .map(entry -> {
                            List<LdapEntry> groups = directory.groupsOf(entry);
                            return database.writeRetrying(em -> {
                                User now = shadows.user(em, user.domainId(), entry);
                                shadows.memberships(em, now, shadows.groups(em, user.domainId(), groups));
                                return now;
                            });
                        }))
                .orElse(row));
    }

    Optional<Group> freshGroup(Optional<Group> row) {
        return row.flatMap(group -> directories
                .of(group.domainId())
                .map(directory -> shadow(group.id())
                        .flatMap(shadow -> found(shadow, directory.group(Wanted.id(shadow.localId()))))
                        .map(entry -> database.writeRetrying(em -> shadows.groups(em, group.domainId(), List.of(entry))
                                .get(0))))
                .orElse(row));
    }

    /** A page of a domain's users. */
    Optional<List<User>> users(Optional<String> domain, UserFilter filter, Page page) {
        return domain.flatMap(id -> directories.of(id).map(directory -> {
            List<LdapEntry> all =
                    directory.users(new Wanted(Optional.empty(), filter.name(), filter.nameContains())).stream()
                            .filter(entry -> wanted(entry, filter))
                            .toList();
            List<LdapEntry> some = page(all, page, entry -> Shadow.publicId(id, Shadow.USER, entry.localId()));
            return database.writeRetrying(em -> shadows.users(em, id, some));
        }));
    }

    Optional<Long> countUsers(Optional<String> domain, UserFilter filter) {
        return domain.flatMap(directories::of)
                .map(directory ->
                        directory.users(new Wanted(Optional.empty(), filter.name(), filter.nameContains())).stream()
                                .filter(entry -> wanted(entry, filter))
                                .count());
    }

    private static boolean wanted(LdapEntry entry, UserFilter filter) {
        return filter.expiry().isEmpty()
                && filter.enabled().map(on -> on == entry.enabled()).orElse(true);
    }

    /** A page of a domain's groups. */
    Optional<List<Group>> groups(Optional<String> domain, GroupFilter filter, Page page) {
        return domain.flatMap(id -> directories.of(id).map(directory -> {
            List<LdapEntry> all = directory.groups(new Wanted(Optional.empty(), filter.name(), filter.nameContains()));
            List<LdapEntry> some = page(all, page, entry -> Shadow.publicId(id, Shadow.GROUP, entry.localId()));
            return database.writeRetrying(em -> shadows.groups(em, id, some));
        }));
    }

    /** A page of the users in a group. */
    Optional<List<User>> members(Group group, UserFilter filter, Page page) {
        String domain = group.domainId();
        return directories.of(domain).map(directory -> {
            List<LdapEntry> all = shadow(group.id())
                    .flatMap(shadow -> directory.group(Wanted.id(shadow.localId())))
                    .map(directory::members)
                    .orElse(List.of())
                    .stream()
                    .filter(entry -> filter.name().map(entry.name()::equals).orElse(true))
                    .filter(entry -> filter.nameContains()
                            .map(part -> entry.name().toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT)))
                            .orElse(true))
                    .filter(entry -> wanted(entry, filter))
                    .toList();
            List<LdapEntry> some = page(all, page, entry -> Shadow.publicId(domain, Shadow.USER, entry.localId()));
            return database.writeRetrying(em -> shadows.users(em, domain, some));
        });
    }

    /** @throws Fault FORBIDDEN when a domain's users and groups are not kept here */
    void requireWritable(String domainId) {
        directories.requireWritable(domainId);
    }

    /** @throws Fault FORBIDDEN when the user or the group is a directory's: that says who is in what, and of its own alone */
    void requireJoinable(User user, Group group) {
        if (directories.has(user.domainId()) && !user.domainId().equals(group.domainId())) {
            throw Fault.forbidden("Group membership across backend boundaries is not allowed. Group in question is "
                    + group.id() + ", user is " + user.id() + ".");
        }
        requireWritable(group.domainId());
    }

    private Optional<Shadow> shadow(String id) {
        return database.read(em -> Shadows.find(em, id));
    }

    private Optional<LdapEntry> found(Shadow shadow, Optional<LdapEntry> entry) {
        if (entry.isEmpty()) {
            database.run(em -> shadows.vanished(em, shadow));
        }
        return entry;
    }

    private Optional<String> domain(UserRef ref) {
        return database.read(em -> {
            if (ref.id().isPresent()) {
                return Optional.ofNullable(em.find(User.class, ref.id().get())).map(User::domainId);
            }
            Optional<Project> domain = ref.domain().flatMap(named -> References.domain(em, named));
            return domain.map(Project::id);
        });
    }

    private static List<LdapEntry> page(List<LdapEntry> all, Page page, Function<LdapEntry, String> id) {
        boolean up = page.sort().isEmpty() || page.sort().get(0).ascending();
        Comparator<LdapEntry> order = Comparator.comparing(LdapEntry::name).thenComparing(LdapEntry::localId);
        List<LdapEntry> sorted = new ArrayList<>(all);
        sorted.sort(up ? order : order.reversed());
        int start = 0;
        if (page.marker().isPresent()) {
            String marker = page.marker().get();
            while (start < sorted.size() && !id.apply(sorted.get(start)).equals(marker)) {
                start++;
            }
            if (start == sorted.size()) {
                throw Fault.badRequest("marker", "Marker " + marker + " could not be found.");
            }
            start++;
        }
        return sorted.subList(start, Math.min(sorted.size(), start + page.limit()));
    }
}
