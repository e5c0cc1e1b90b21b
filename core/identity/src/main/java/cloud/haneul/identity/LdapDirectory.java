package cloud.haneul.identity;

import cloud.haneul.kernel.Fault;
import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The users and groups of one domain in its directory; read only. Values from outside never become part of a filter's text. */
final class LdapDirectory implements AutoCloseable {
    /** Entries of one answer; more must be asked for in another way. */
    static final int MOST = 20_000;

    private static final int AT_ONCE = 100;

    /** Active Directory's rule "is a member, be it through other groups". */
    private static final String IN_CHAIN = "1.2.840.113556.1.4.1941";

    private final LdapSettings settings;
    private final LdapClient client;

    LdapDirectory(LdapSettings settings) {
        this.settings = settings;
        this.client = new LdapClient(settings);
    }

    /** Which entries are wanted, of those the domain has at all. */
    record Wanted(Optional<String> localId, Optional<String> name, Optional<String> nameContains) {
        static final Wanted ALL = new Wanted(Optional.empty(), Optional.empty(), Optional.empty());

        static Wanted id(String localId) {
            return new Wanted(Optional.of(localId), Optional.empty(), Optional.empty());
        }

        static Wanted name(String name) {
            return new Wanted(Optional.empty(), Optional.of(name), Optional.empty());
        }
    }

    Optional<LdapEntry> user(Wanted wanted) {
        return client.ask(connection -> users(connection, filter("user", wanted), 2)).stream()
                .findFirst();
    }

    /** @throws Fault BAD_REQUEST when there are more than {@link #MOST} */
    List<LdapEntry> users(Wanted wanted) {
        return client.ask(connection -> users(connection, filter("user", wanted), MOST));
    }

    Optional<LdapEntry> group(Wanted wanted) {
        return client.ask(connection -> groups(connection, filter("group", wanted), 2)).stream()
                .findFirst();
    }

    /** @throws Fault BAD_REQUEST when there are more than {@link #MOST} */
    List<LdapEntry> groups(Wanted wanted) {
        return client.ask(connection -> groups(connection, filter("group", wanted), MOST));
    }

    /** The groups a user is in. */
    List<LdapEntry> groupsOf(LdapEntry user) {
        Filter member = settings.membersAreIds()
                ? Filter.createEqualityFilter(settings.memberAttribute(), user.localId())
                : settings.nestedGroups()
                        ? Filter.createExtensibleMatchFilter(settings.memberAttribute(), IN_CHAIN, false, user.dn())
                        : Filter.createEqualityFilter(settings.memberAttribute(), user.dn());
        return client.ask(
                connection -> groups(connection, Filter.createANDFilter(filter("group", Wanted.ALL), member), MOST));
    }

    /** The users in a group. */
    List<LdapEntry> members(LdapEntry group) {
        return client.ask(connection -> {
            SearchResultEntry entry = connection.getEntry(group.dn(), settings.memberAttribute());
            String[] values = entry == null ? null : entry.getAttributeValues(settings.memberAttribute());
            return values == null ? List.<LdapEntry>of() : members(connection, Arrays.asList(values));
        });
    }

    /**
     * Whether it is the user's password. Somebody who is not there costs as much time.
     *
     * @param user empty when there is none of that name
     */
    boolean isPassword(Optional<LdapEntry> user, String name, String password) {
        String dn = user.map(LdapEntry::dn).orElseGet(() -> new DN(
                        new RDN(settings.attribute("user_id").orElse("cn"), name), parsed(settings.userBase()))
                .toString());
        return client.isPassword(dn, password) && user.isPresent();
    }

    private List<LdapEntry> members(LDAPConnection connection, List<String> values) throws LDAPException {
        String idAttribute = settings.attribute("user_id").orElse("cn");
        List<String> ids = new ArrayList<>();
        List<LdapEntry> found = new ArrayList<>();
        for (String value : values) {
            RDN first = settings.membersAreIds() ? null : parsed(value).getRDN();
            if (settings.membersAreIds()) {
                ids.add(value);
            } else if (first != null && first.hasAttribute(idAttribute)) {
                ids.add(first.getAttributeValues()[0]);
            } else {
                // the directory is asked for this one alone: its place does not tell its id
                found.addAll(entries(connection, "user", value, SearchScope.BASE, filter("user", Wanted.ALL), 2));
            }
            if (ids.size() + found.size() > MOST) {
                throw tooMany();
            }
        }
        for (int i = 0; i < ids.size(); i += AT_ONCE) {
            List<Filter> any = ids.subList(i, Math.min(ids.size(), i + AT_ONCE)).stream()
                    .map(id -> Filter.createEqualityFilter(idAttribute, id))
                    .toList();
            found.addAll(users(
                    connection, Filter.createANDFilter(filter("user", Wanted.ALL), Filter.createORFilter(any)), MOST));
        }
        return found;
    }

    private Filter filter(String kind, Wanted wanted) {
        List<Filter> all = new ArrayList<>();
        all.add(Filter.createEqualityFilter("objectClass", settings.objectClass(kind)));
        (kind.equals("user") ? settings.userFilter() : settings.groupFilter()).ifPresent(all::add);
        String id = settings.attribute(kind + "_id").orElse("cn");
        String name = settings.attribute(kind + "_name").orElse("cn");
        wanted.localId.ifPresent(value -> all.add(Filter.createEqualityFilter(id, value)));
        wanted.name.ifPresent(value -> all.add(Filter.createEqualityFilter(name, value)));
        wanted.nameContains
                .filter(value -> !value.isEmpty())
                .ifPresent(value -> all.add(Filter.createSubAnyFilter(name, value)));
        return Filter.createANDFilter(all);
    }

    private List<LdapEntry> users(LDAPConnection connection, Filter filter, int most) throws LDAPException {
        return entries(connection, "user", settings.userBase(), settings.scope(), filter, most);
    }

    private List<LdapEntry> groups(LDAPConnection connection, Filter filter, int most) throws LDAPException {
        return entries(connection, "group", settings.groupBase(), settings.scope(), filter, most);
    }

    private List<LdapEntry> entries(
            LDAPConnection connection, String kind, String base, SearchScope scope, Filter filter, int most)
            throws LDAPException {
        Set<String> attributes = new LinkedHashSet<>(settings.additional(kind).keySet());
        for (String what :
                List.of("_id", "_name", "_description", "_desc", "_mail", "_enabled", "_default_project_id")) {
            settings.attribute(kind + what).ifPresent(attributes::add);
        }
        SearchRequest request = new SearchRequest(
                base,
                scope,
                settings.aliases(),
                0,
                (int) IdentitySettings.LDAP_TIMEOUT.get().toSeconds(),
                false,
                filter,
                attributes.toArray(String[]::new));
        List<SearchResultEntry> rows = search(connection, request, most);
        if (rows.isEmpty()) {
            return List.of();
        }
        LdapEnabled enabled = LdapEnabled.of(settings, connection);
        return rows.stream().flatMap(row -> entry(kind, row, enabled).stream()).toList();
    }

    private List<SearchResultEntry> search(LDAPConnection connection, SearchRequest request, int most)
            throws LDAPException {
        List<SearchResultEntry> rows = new ArrayList<>();
        ASN1OctetString cookie = null;
        try {
            do {
                if (settings.pageSize() > 0) {
                    request.setControls(new SimplePagedResultsControl(settings.pageSize(), cookie));
                }
                SearchResult result = connection.search(request);
                rows.addAll(result.getSearchEntries());
                if (rows.size() > most) {
                    throw tooMany();
                }
                cookie = next(result);
            } while (cookie != null);
        } catch (LDAPSearchException e) {
            if (e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
                return List.of();
            }
            if (e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)) {
                throw tooMany().cause(e);
            }
            throw e;
        }
        return rows;
    }

    private static ASN1OctetString next(SearchResult result) throws LDAPException {
        for (Control control : result.getResponseControls()) {
            if (control instanceof SimplePagedResultsControl page && page.moreResultsToReturn()) {
                return page.getCookie();
            }
        }
        return null;
    }

    /** Empty when the entry lacks what makes a user or group. */
    private Optional<LdapEntry> entry(String kind, SearchResultEntry row, LdapEnabled enabled) {
        Optional<String> id = value(row, kind + "_id");
        Optional<String> name = value(row, kind + "_name");
        if (id.isEmpty()
                || name.isEmpty()
                || name.get().length() > 255
                || id.get().length() > 255) {
            return Optional.empty();
        }
        Map<String, Object> extra = new LinkedHashMap<>();
        settings.additional(kind).forEach((theirs, ours) -> {
            if (row.hasAttribute(theirs)) {
                extra.put(ours, row.getAttributeValue(theirs));
            }
        });
        return Optional.of(new LdapEntry(
                row.getDN(),
                id.get(),
                name.get(),
                kind.equals("group") || enabled.isEnabled(row),
                value(row, kind + "_description").or(() -> value(row, kind + "_desc")),
                value(row, kind + "_mail"),
                value(row, kind + "_default_project_id"),
                extra));
    }

    private Optional<String> value(SearchResultEntry row, String what) {
        return settings.attribute(what)
                .map(row::getAttributeValue)
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    private static DN parsed(String dn) {
        try {
            return new DN(dn);
        } catch (LDAPException e) {
            throw Fault.internal("Not a distinguished name: " + dn, e);
        }
    }

    private static Fault tooMany() {
        return Fault.badRequest("The directory has more than " + MOST
                + " entries for this: please ask by name, or for part of a name.");
    }

    @Override
    public void close() {
        client.close();
    }
}
