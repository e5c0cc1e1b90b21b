package cloud.haneul.portal.identity;

import cloud.haneul.identity.SamlClient;
import cloud.haneul.kernel.Fault;
import cloud.haneul.portal.Form;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** SAML settings as a form has them: attributes are lines of {@code name = what mappings call it}. */
final class SamlForm {
    private SamlForm() {}

    /** @param ours where this cloud describes itself, which is also what it is called if nothing else is said */
    static void fill(Form form, Optional<SamlClient> client, String ours) {
        form.put("spMetadata", ours);
        form.put("entityId", client.map(SamlClient::entityId).orElse(ours));
        client.ifPresent(known -> {
            form.put("provider", known.provider().orElse(""));
            form.put("metadataUrl", known.metadataUrl().orElse(""));
            form.put("metadata", known.metadata().orElse(""));
            form.put("nameIdFormat", known.nameIdFormat().orElse(""));
            form.put(
                    "attributes",
                    known.attributes().entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(one -> one.getKey() + " = " + one.getValue())
                            .collect(Collectors.joining("\n")));
        });
    }

    /** @throws Fault BAD_REQUEST naming {@code attributes} when a line of them has no two names */
    static SamlClient read(Form form) {
        return new SamlClient(
                form.text("entityId"),
                form.optional("provider"),
                form.optional("metadata"),
                form.optional("metadataUrl"),
                form.optional("nameIdFormat"),
                attributes(form.text("attributes")),
                "");
    }

    private static Map<String, String> attributes(String text) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String line : text.lines().filter(one -> !one.isBlank()).toList()) {
            int equals = line.lastIndexOf('=');
            String name = line.substring(0, Math.max(equals, 0)).strip();
            String alias = line.substring(equals + 1).strip();
            if (name.isEmpty() || alias.isEmpty()) {
                throw Fault.badRequest("attributes", "Each line of attributes must be: name = what mappings call it.");
            }
            attributes.put(name, alias);
        }
        return attributes;
    }
}
