package cloud.haneul.identity;

import cloud.haneul.identity.FederatedLogins.Assertion;
import cloud.haneul.kernel.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.w3c.dom.Element;

/**
 * Whether an assertion that the provider signed is good here and now, and what it says, by the names that mappings use: the
 * attribute's own, its friendly one and the one given in the settings; and {@code NAME_ID}, {@code NAME_ID_FORMAT},
 * {@code REMOTE_USER} and {@code IDENTITY_PROVIDER}, which are ours.
 */
final class SamlAssertions {
    /** How far the provider's clock may be off. */
    static final Duration SKEW = Duration.ofSeconds(60);

    private static final String BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
    private static final String ENTITY = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity";
    private static final Set<String> CONDITIONS = Set.of("AudienceRestriction", "OneTimeUse", "ProxyRestriction");
    private static final int LONGEST = 4096;

    private final SamlClient client;
    private final String provider;
    private final String consumer;
    private final Instant now;

    /**
     * @param provider its entity ID
     * @param consumer our address for responses
     */
    SamlAssertions(SamlClient client, String provider, String consumer, Instant now) {
        this.client = client;
        this.provider = provider;
        this.consumer = consumer;
        this.now = now;
    }

    /**
     * @param id the provider's for the assertion
     * @param until when it is no good any more in any case
     */
    record Good(String id, Instant until, Assertion assertion) {}

    /**
     * @param request the ID of the request that must be answered
     * @throws Fault UNAUTHORIZED when the assertion is of another provider, for others, too old or too young
     */
    Good good(Element assertion, String request) {
        if (!assertion.getAttribute("Version").equals("2.0")) {
            throw refused("is of version " + assertion.getAttribute("Version"));
        }
        requireIssuer(assertion);
        Element subject =
                SamlXml.child(assertion, SamlXml.ASSERTION, "Subject").orElseThrow(() -> refused("is about nobody"));
        Instant until = confirmed(subject, request);
        requireConditions(assertion);
        requireLogin(assertion);
        return new Good(
                assertion.getAttribute("ID"),
                until.plus(SKEW),
                new Assertion(provider, attributes(assertion, subject)));
    }

    private void requireIssuer(Element assertion) {
        Element issuer =
                SamlXml.child(assertion, SamlXml.ASSERTION, "Issuer").orElseThrow(() -> refused("is nobody's"));
        if (!issuer.getTextContent().strip().equals(provider)
                || !SamlXml.attribute(issuer, "Format").orElse(ENTITY).equals(ENTITY)) {
            throw refused("is from " + issuer.getTextContent());
        }
    }

    /** Until when one of the confirmations holds: who bears the assertion to us, now, for that request. */
    private Instant confirmed(Element subject, String request) {
        List<String> reasons = new ArrayList<>();
        for (Element confirmation : SamlXml.children(subject, SamlXml.ASSERTION, "SubjectConfirmation")) {
            Optional<Element> data = SamlXml.child(confirmation, SamlXml.ASSERTION, "SubjectConfirmationData");
            if (!confirmation.getAttribute("Method").equals(BEARER) || data.isEmpty()) {
                reasons.add("is not for its bearer");
            } else if (!data.get().getAttribute("Recipient").equals(consumer)) {
                reasons.add("is for " + data.get().getAttribute("Recipient"));
            } else if (!data.get().getAttribute("InResponseTo").equals(request)) {
                reasons.add("answers another request");
            } else if (!isTime(data.get())) {
                reasons.add("is not confirmed for now");
            } else {
                Optional<Instant> until = time(data.get(), "NotOnOrAfter");
                if (until.isPresent()) {
                    return until.get();
                }
                reasons.add("is confirmed for ever");
            }
        }
        throw refused(reasons.isEmpty() ? "is confirmed by nothing" : String.join("; ", reasons));
    }

    private void requireConditions(Element assertion) {
        Element conditions = SamlXml.child(assertion, SamlXml.ASSERTION, "Conditions")
                .orElseThrow(() -> refused("is for everybody"));
        if (!isTime(conditions)) {
            throw refused("is not for now");
        }
        for (var node = conditions.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element one && !CONDITIONS.contains(one.getLocalName())) {
                throw refused("has a condition that is not understood: " + one.getNodeName());
            }
        }
        List<Element> restrictions = SamlXml.children(conditions, SamlXml.ASSERTION, "AudienceRestriction");
        Predicate<Element> ours = restriction -> SamlXml.children(restriction, SamlXml.ASSERTION, "Audience").stream()
                .anyMatch(audience -> audience.getTextContent().strip().equals(client.entityId()));
        if (restrictions.isEmpty() || !restrictions.stream().allMatch(ours)) {
            throw refused("is for another audience than " + client.entityId());
        }
    }

    private void requireLogin(Element assertion) {
        List<Element> logins = SamlXml.children(assertion, SamlXml.ASSERTION, "AuthnStatement");
        if (logins.isEmpty()) {
            throw refused("tells of no login");
        }
        for (Element login : logins) {
            if (time(login, "SessionNotOnOrAfter")
                    .filter(end -> !now.minus(SKEW).isBefore(end))
                    .isPresent()) {
                throw refused("tells of a login that is over");
            }
        }
    }

    private boolean isTime(Element bounds) {
        return time(bounds, "NotBefore")
                        .filter(start -> now.plus(SKEW).isBefore(start))
                        .isEmpty()
                && time(bounds, "NotOnOrAfter")
                        .filter(end -> !now.minus(SKEW).isBefore(end))
                        .isEmpty();
    }

    private Optional<Instant> time(Element of, String attribute) {
        return SamlXml.attribute(of, attribute)
                .map(text -> SamlTime.parsed(text).orElseThrow(() -> refused("has a time that is none: " + text)));
    }

    private Map<String, List<String>> attributes(Element assertion, Element subject) {
        Map<String, List<String>> named = new LinkedHashMap<>();
        Map<String, List<String>> friendly = new HashMap<>();
        for (Element statement : SamlXml.children(assertion, SamlXml.ASSERTION, "AttributeStatement")) {
            for (Element attribute : SamlXml.children(statement, SamlXml.ASSERTION, "Attribute")) {
                List<String> values = values(attribute);
                String name = attribute.getAttribute("Name");
                add(named, name, values);
                Optional.ofNullable(client.attributes().get(name)).ifPresent(alias -> add(named, alias, values));
                SamlXml.attribute(attribute, "FriendlyName").ifPresent(other -> add(friendly, other, values));
            }
        }
        // a friendly name is for people to read; it never takes the place of a real one
        friendly.forEach(named::putIfAbsent);
        named.put("IDENTITY_PROVIDER", List.of(provider));
        for (String ours : List.of("NAME_ID", "REMOTE_USER", "NAME_ID_FORMAT")) {
            named.remove(ours);
        }
        SamlXml.child(subject, SamlXml.ASSERTION, "NameID").ifPresent(id -> {
            List<String> value = values(List.of(id));
            if (!value.isEmpty()) {
                named.put("NAME_ID", value);
                named.put("REMOTE_USER", value);
                SamlXml.attribute(id, "Format").ifPresent(format -> named.put("NAME_ID_FORMAT", List.of(format)));
            }
        });
        return named;
    }

    private static void add(Map<String, List<String>> to, String name, List<String> values) {
        if (!values.isEmpty()) {
            to.merge(name, values, (before, more) -> {
                List<String> all = new ArrayList<>(before);
                all.addAll(more);
                return List.copyOf(all);
            });
        }
    }

    private static List<String> values(Element attribute) {
        return values(SamlXml.children(attribute, SamlXml.ASSERTION, "AttributeValue"));
    }

    private static List<String> values(List<Element> elements) {
        return elements.stream()
                .map(element -> element.getTextContent().strip())
                .filter(text -> !text.isEmpty() && text.length() <= LONGEST)
                .toList();
    }

    private Fault refused(String why) {
        return Fault.unauthorized().detail("A SAML assertion of " + provider + " " + why);
    }
}
