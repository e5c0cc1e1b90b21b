package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.event.AuditRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An event of the audit trail in the words of CADF (DMTF DSP0262): initiator, action, target, observer, outcome. The policy
 * rule, which says more precisely what was done, goes along as {@code rule}.
 */
final class Cadf {
    private static final String EVENT = "http://schemas.dmtf.org/cloud/audit/1.0/event";
    private static final Pattern HTTP = Pattern.compile("([A-Z]+) /.*");
    /** Beginnings of verbs, as rules have them, and the action they are; the first that fits. */
    private static final List<Map.Entry<String, String>> VERBS = List.of(
            Map.entry("authenticate", "authenticate"),
            Map.entry("revoke", "revoke"),
            Map.entry("create", "create"),
            Map.entry("add", "create"),
            Map.entry("upload", "create"),
            Map.entry("delete", "delete"),
            Map.entry("remove", "delete"),
            Map.entry("update", "update"),
            Map.entry("set", "update"),
            Map.entry("change", "update"),
            Map.entry("start", "start"),
            Map.entry("stop", "stop"));

    private Cadf() {}

    static Map<String, Object> view(AuditRecord event) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", Long.toString(event.id()));
        view.put("typeURI", EVENT);
        view.put("eventType", "activity");
        view.put("eventTime", event.at());
        view.put("action", action(event.action()));
        view.put("rule", event.action());
        view.put("outcome", event.outcome());
        if (!event.reason().isEmpty()) {
            view.put("reason", Map.of("reasonType", "Haneul", "reasonCode", event.reason()));
        }
        view.put("initiator", initiator(event));
        Map<String, Object> target = new LinkedHashMap<>();
        target.put("typeURI", "data/" + event.targetType());
        target.put("id", event.targetId());
        target.put("name", event.targetName());
        view.put("target", target);
        view.put("observer", Map.of("typeURI", "service/haneul", "id", "haneul"));
        view.put("request_id", event.requestId());
        return view;
    }

    private static Map<String, Object> initiator(AuditRecord event) {
        Map<String, Object> initiator = new LinkedHashMap<>();
        initiator.put("typeURI", "service/security/account/user");
        initiator.put("id", event.userId());
        initiator.put("name", event.userName());
        initiator.put("project_id", event.projectId());
        initiator.put("domain_id", event.domainId());
        initiator.put("host", Map.of("address", event.address()));
        return initiator;
    }

    /** CADF's action for a policy rule or for a request as {@link AuditTrail} writes it. */
    static String action(String rule) {
        Matcher http = HTTP.matcher(rule);
        if (http.matches()) {
            return switch (http.group(1)) {
                case "POST" -> rule.endsWith("/action") || rule.endsWith(".xhtml") ? "update" : "create";
                case "DELETE" -> "delete";
                case "GET" -> "read";
                default -> "update";
            };
        }
        String verb = rule.substring(rule.lastIndexOf(':') + 1).toLowerCase(Locale.ROOT);
        return VERBS.stream()
                .filter(known -> verb.startsWith(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("update/" + verb);
    }
}
