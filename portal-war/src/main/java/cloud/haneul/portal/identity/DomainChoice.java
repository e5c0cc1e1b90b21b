package cloud.haneul.portal.identity;

import cloud.haneul.identity.Domain;
import cloud.haneul.identity.Domains;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.portal.Form;
import cloud.haneul.portal.Me;
import cloud.haneul.portal.Notices;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Domains by their names: of what lists show, and in the field {@code domain} of forms. */
@Dependent
public class DomainChoice {
    private static final int SUGGESTIONS = 50;

    private final Domains domains;
    private final Me me;
    private final Notices notices;

    @Inject
    DomainChoice(Domains domains, Me me, Notices notices) {
        this.domains = domains;
        this.me = me;
        this.notices = notices;
    }

    /** Some to choose from; none for who works in one domain, which is the one then. */
    List<String> suggestions() {
        return me.caller().domainId().isEmpty() && me.may("identity:list_domains")
                ? domains.list(me.caller(), Optional.empty(), Optional.of(true), Page.first(SUGGESTIONS)).stream()
                        .map(Domain::name)
                        .toList()
                : List.of();
    }

    /** Its id, if there is one of that name that he may see. */
    Optional<String> find(String name) {
        return domains.list(me.caller(), Optional.of(name), Optional.empty(), Page.first(1)).stream()
                .findFirst()
                .map(Domain::id);
    }

    /** Its id; empty when none was typed. */
    Optional<String> of(Form form) {
        return form.optional("domain")
                .map(name -> find(name).orElseThrow(() -> notices.wrong("domain", "idps.noDomain")));
    }

    Map<String, String> names(Collection<String> ids) {
        return domains.names(ids);
    }
}
