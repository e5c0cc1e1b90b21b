package cloud.haneul.portal.identity;

import cloud.haneul.identity.Group;
import cloud.haneul.identity.GroupFilter;
import cloud.haneul.identity.Groups;
import cloud.haneul.identity.User;
import cloud.haneul.identity.UserFilter;
import cloud.haneul.identity.Users;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.portal.Form;
import cloud.haneul.portal.Me;
import cloud.haneul.portal.Notices;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Users and groups by their names, in the field {@code user} of forms; {@code domain} says where to look, if it is filled in. */
@Dependent
public class People {
    private static final Page SOME = Page.first(10);

    private final Users users;
    private final Groups groups;
    private final DomainChoice choice;
    private final Me me;
    private final Notices notices;

    @Inject
    People(Users users, Groups groups, DomainChoice choice, Me me, Notices notices) {
        this.users = users;
        this.groups = groups;
        this.choice = choice;
        this.me = me;
        this.notices = notices;
    }

    /** @throws Fault BAD_REQUEST of the field {@code user} */
    User user(String domainId, String name) {
        return there(() -> users.named(me.caller(), domainId, name), "members.unknown");
    }

    /** @throws Fault BAD_REQUEST of the field {@code user} */
    Group group(String domainId, String name) {
        return there(() -> groups.named(me.caller(), domainId, name), "members.unknownGroup");
    }

    private <T> T there(Supplier<T> found, String otherwise) {
        try {
            return found.get();
        } catch (Fault e) {
            throw e.kind() == Fault.Kind.NOT_FOUND ? notices.wrong("user", otherwise) : e;
        }
    }

    /** Some whose names have in them what was typed so far, for who may look for them. */
    List<String> users(Form form, String usualDomain) {
        return suggestions(
                form,
                usualDomain,
                "identity:list_users",
                (domain, part) -> users
                        .list(me.caller(), UserFilter.ALL.in(domain).containing(part), SOME)
                        .stream()
                        .map(User::name)
                        .toList());
    }

    List<String> groups(Form form, String usualDomain) {
        return suggestions(
                form,
                usualDomain,
                "identity:list_groups",
                (domain, part) -> groups
                        .list(me.caller(), GroupFilter.ALL.in(domain).containing(part), SOME)
                        .stream()
                        .map(Group::name)
                        .toList());
    }

    private List<String> suggestions(
            Form form, String usualDomain, String rule, BiFunction<String, String, List<String>> look) {
        String part = form.text("user");
        if (part.isEmpty() || !me.may(rule)) {
            return List.of();
        }
        String typed = form.text("domain");
        return (typed.isEmpty() ? java.util.Optional.of(usualDomain) : choice.find(typed))
                .map(domain -> notices.orElse(() -> look.apply(domain, part), List.<String>of()))
                .orElse(List.of());
    }
}
