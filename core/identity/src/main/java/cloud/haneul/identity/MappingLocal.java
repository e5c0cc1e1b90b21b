package cloud.haneul.identity;

import cloud.haneul.identity.Login.DomainRef;
import cloud.haneul.identity.Mapped.GroupRef;
import cloud.haneul.identity.Mapped.MappedProject;
import cloud.haneul.identity.Mapped.MappedRole;
import cloud.haneul.identity.Mapped.MappedUser;
import cloud.haneul.kernel.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one entry of a rule's {@code local} part gives: a user, groups, projects with roles; with {@code {0}} filled in. */
final class MappingLocal {
    private static final Set<String> PARTS = Set.of("user", "group", "groups", "group_ids", "domain", "projects");
    private static final int MOST = 1000;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{|\\}\\}|\\{([0-9]{1,3})\\}|[{}]");

    private final Map<String, Object> parts;

    private MappingLocal(Map<String, Object> parts) {
        this.parts = parts;
    }

    /**
     * @param found how many values there are to be filled in
     * @throws Fault BAD_REQUEST that says where it makes no sense
     */
    static MappingLocal of(String where, Map<String, Object> parts, int found, boolean withDomains) {
        only(where, parts, PARTS);
        MappingLocal local = new MappingLocal(parts);
        local.check(where, withDomains);
        checkTexts(where, parts, found);
        return local;
    }

    private void check(String where, boolean withDomains) {
        part("user").ifPresent(user -> {
            only(where + "/user", user, Set.of("id", "name", "email", "domain", "type"));
            texts(where + "/user", user, "id", "name", "email");
            domain(where + "/user", user);
            Object type = user.getOrDefault("type", "ephemeral");
            if (!type.equals("ephemeral") && !type.equals("local")) {
                throw MappingRules.ill(where + "/user/type", "is neither 'ephemeral' nor 'local'");
            }
        });
        part("group").ifPresent(group -> {
            only(where + "/group", group, Set.of("id", "name", "domain"));
            if (group.containsKey("id") == (group.containsKey("name") && group.containsKey("domain"))) {
                throw MappingRules.ill(where + "/group", "needs either 'id' or 'name' and 'domain'");
            }
            texts(where + "/group", group, "id", "name");
            domain(where + "/group", group);
        });
        part("domain").ifPresent(domain -> domain(where, parts));
        if (parts.containsKey("groups") && !parts.containsKey("domain")) {
            throw MappingRules.ill(where, "must have 'domain' where it has 'groups'");
        }
        for (String texts : List.of("groups", "group_ids")) {
            if (parts.containsKey(texts) && !(parts.get(texts) instanceof String)) {
                throw MappingRules.ill(where + "/" + texts, "is not of type 'string'");
            }
        }
        if (parts.containsKey("projects")) {
            for (Object project : MappingRules.list(where + "/projects", parts.get("projects"))) {
                Map<String, Object> of = MappingRules.map(where + "/projects", project);
                only(
                        where + "/projects",
                        of,
                        withDomains ? Set.of("name", "roles", "domain") : Set.of("name", "roles"));
                if (!(of.get("name") instanceof String)) {
                    throw MappingRules.ill(where + "/projects", "needs a 'name'");
                }
                domain(where + "/projects", of);
                for (Object role : MappingRules.list(where + "/projects/roles", of.get("roles"))) {
                    Map<String, Object> named = MappingRules.map(where + "/projects/roles", role);
                    only(where + "/projects/roles", named, withDomains ? Set.of("name", "domain") : Set.of("name"));
                    if (!(named.get("name") instanceof String)) {
                        throw MappingRules.ill(where + "/projects/roles", "needs a 'name'");
                    }
                    domain(where + "/projects/roles", named);
                }
            }
        }
    }

    /** Gives what this says, with {@code found} filled in. */
    void give(List<List<String>> found, Mapped.Collector to) {
        part("user")
                .ifPresent(user -> to.user(new MappedUser(
                        "local".equals(user.get("type")),
                        one(user.get("id"), found),
                        one(user.get("name"), found),
                        one(user.get("email"), found),
                        domain(user, found))));
        part("group")
                .ifPresent(group -> to.group(new GroupRef(
                        one(group.get("id"), found), one(group.get("name"), found), domain(group, found))));
        each(parts.get("groups"), found)
                .forEach(name -> to.group(new GroupRef(Optional.empty(), Optional.of(name), domain(parts, found))));
        each(parts.get("group_ids"), found)
                .forEach(id -> to.group(new GroupRef(Optional.of(id), Optional.empty(), Optional.empty())));
        if (parts.get("projects") instanceof List<?> projects) {
            projects.forEach(project -> project(MappingRules.map("projects", project), found, to));
        }
    }

    private static void project(Map<String, Object> project, List<List<String>> found, Mapped.Collector to) {
        List<MappedRole> roles = new ArrayList<>();
        for (Object role : MappingRules.list("roles", project.get("roles"))) {
            Map<String, Object> named = MappingRules.map("roles", role);
            each(named.get("name"), found).forEach(name -> roles.add(new MappedRole(name, domain(named, found))));
        }
        each(project.get("name"), found)
                .forEach(name -> to.project(new MappedProject(name, domain(project, found), roles)));
    }

    private static Optional<DomainRef> domain(Map<String, Object> of, List<List<String>> found) {
        if (!(of.get("domain") instanceof Map<?, ?> domain)) {
            return Optional.empty();
        }
        return Optional.of(new DomainRef(one(domain.get("id"), found), one(domain.get("name"), found)));
    }

    /** The one value of a text; refuses to choose between several. */
    private static Optional<String> one(Object text, List<List<String>> found) {
        if (text == null) {
            return Optional.empty();
        }
        List<String> all = each(text, found);
        if (all.size() != 1) {
            throw Fault.unauthorized()
                    .detail("The mapping wants one value for " + text + ", the identity provider gave " + all.size());
        }
        return Optional.of(all.get(0)).filter(value -> !value.isEmpty());
    }

    /** A text with its placeholders filled in; once for each value of one that has several. */
    private static List<String> each(Object text, List<List<String>> found) {
        if (!(text instanceof String template)) {
            return List.of();
        }
        List<StringBuilder> all = new ArrayList<>(List.of(new StringBuilder()));
        Matcher matcher = PLACEHOLDER.matcher(template);
        int done = 0;
        while (matcher.find()) {
            String before = template.substring(done, matcher.start());
            List<String> values = matcher.group(1) == null
                    ? List.of(matcher.group().substring(0, 1))
                    : found.get(Integer.parseInt(matcher.group(1)));
            List<StringBuilder> longer = new ArrayList<>();
            for (StringBuilder start : all) {
                values.forEach(value ->
                        longer.add(new StringBuilder(start).append(before).append(value)));
            }
            if (longer.size() > MOST) {
                throw Fault.unauthorized().detail("The mapping makes more than " + MOST + " values of " + template);
            }
            all = longer;
            done = matcher.end();
        }
        String rest = template.substring(done);
        return all.stream().map(start -> start + rest).toList();
    }

    private Optional<Map<String, Object>> part(String name) {
        return Optional.ofNullable(parts.get(name)).map(value -> MappingRules.map(name, value));
    }

    private static void domain(String where, Map<String, Object> of) {
        if (of.containsKey("domain")) {
            Map<String, Object> domain = MappingRules.map(where + "/domain", of.get("domain"));
            only(where + "/domain", domain, Set.of("id", "name"));
            texts(where + "/domain", domain, "id", "name");
            if (domain.isEmpty()) {
                throw MappingRules.ill(where + "/domain", "needs 'id' or 'name'");
            }
        }
    }

    private static void texts(String where, Map<String, Object> object, String... names) {
        for (String name : names) {
            if (object.containsKey(name) && !(object.get(name) instanceof String)) {
                throw MappingRules.ill(where + "/" + name, "is not of type 'string'");
            }
        }
    }

    private static void only(String where, Map<String, Object> object, Set<String> known) {
        object.keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw MappingRules.ill(where, "has the unknown part '" + name + "'");
                });
    }

    /** All leaves must be texts, and their placeholders must have something to be filled in. */
    private static void checkTexts(String where, Object value, int found) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, inner) -> checkTexts(where + "/" + name, inner, found));
        } else if (value instanceof List<?> list) {
            list.forEach(inner -> checkTexts(where, inner, found));
        } else if (value instanceof String text) {
            Matcher matcher = PLACEHOLDER.matcher(text);
            while (matcher.find()) {
                boolean known = matcher.group(1) != null && Integer.parseInt(matcher.group(1)) < found;
                if (!known && matcher.group().length() != 2) {
                    throw MappingRules.ill(where, "speaks of a value that its conditions do not find");
                }
            }
        } else {
            throw MappingRules.ill(where, "is not of type 'string'");
        }
    }
}
