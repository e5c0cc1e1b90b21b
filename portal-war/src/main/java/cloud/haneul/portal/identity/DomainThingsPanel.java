package cloud.haneul.portal.identity;

import cloud.haneul.kernel.Caller;
import cloud.haneul.portal.ResourcePanel;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A list of what belongs to domains: says to which, and lets who sees several choose one for what he makes. */
public abstract class DomainThingsPanel<T> extends ResourcePanel<T> {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient DomainChoice choice;

    private transient Map<String, String> names;
    private transient List<String> domains;

    protected DomainThingsPanel(String prefix, String watch, Part<T> id, Part<T> name) {
        super(prefix, watch, id, name);
    }

    /** The rows, as in {@link #load}. */
    protected abstract List<T> read(Caller caller, Query query);

    /** Of a row; empty for what belongs to the whole cloud. */
    protected abstract Optional<String> domainId(T row);

    @Override
    protected List<T> load(Caller caller, Query query) {
        domains = null;
        List<T> rows = read(caller, query);
        names = choice.names(
                rows.stream().flatMap(row -> domainId(row).stream()).collect(Collectors.toSet()));
        return rows;
    }

    /** Name of a row's domain; empty for what belongs to the whole cloud. */
    public String domain(T row) {
        return domainId(row).map(id -> names.getOrDefault(id, id)).orElse("");
    }

    /** For {@code hn:domainField}. */
    public List<String> getDomains() {
        if (domains == null) {
            domains = choice.suggestions();
        }
        return domains;
    }

    /** The id of what the form says; empty for the usual one. */
    protected Optional<String> wantedDomain() {
        return choice.of(form);
    }
}
