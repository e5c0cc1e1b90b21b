package cloud.haneul.identity;

import cloud.haneul.kernel.Fault;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How this cloud and a SAML provider know each other.
 *
 * @param entityId what we are called there
 * @param provider what the provider calls itself
 * @param metadata the provider's description of itself, when it was given as such
 * @param metadataUrl where the provider has it, when not
 * @param nameIdFormat the kind of name wanted for people; empty for what the provider likes
 * @param attributes what mappings call the provider's attributes, by the provider's names for them
 * @param certificate ours; DER in base64; empty for settings that were not stored yet
 */
public record SamlClient(
        String entityId,
        Optional<String> provider,
        Optional<String> metadata,
        Optional<String> metadataUrl,
        Optional<String> nameIdFormat,
        Map<String, String> attributes,
        String certificate) {
    private static final int MOST_ATTRIBUTES = 100;

    public SamlClient {
        attributes = Map.copyOf(attributes);
    }

    @SuppressWarnings("unchecked")
    static SamlClient of(Map<String, Object> settings, Optional<String> metadata) {
        return new SamlClient(
                (String) settings.get("entity_id"),
                Optional.ofNullable((String) settings.get("provider")),
                metadata,
                Optional.ofNullable((String) settings.get("metadata_url")),
                Optional.ofNullable((String) settings.get("name_id_format")),
                (Map<String, String>) settings.get("attributes"),
                (String) settings.get("certificate"));
    }

    /** All but the metadata. */
    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("entity_id", entityId);
        provider.ifPresent(id -> settings.put("provider", id));
        metadataUrl.ifPresent(url -> settings.put("metadata_url", url));
        nameIdFormat.ifPresent(format -> settings.put("name_id_format", format));
        settings.put("attributes", attributes);
        settings.put("certificate", certificate);
        return settings;
    }

    SamlClient with(String ourCertificate) {
        return new SamlClient(entityId, provider, metadata, metadataUrl, nameIdFormat, attributes, ourCertificate);
    }

    /** @throws Fault BAD_REQUEST naming what makes no sense */
    void check() {
        if (metadata.isPresent() == metadataUrl.isPresent()) {
            throw Fault.badRequest("metadata", "Give the provider's metadata or its metadata_url, one of them.");
        }
        Text.name("entity_id", entityId, 1024);
        provider.ifPresent(id -> Text.name("provider", id, 1024));
        nameIdFormat.ifPresent(format -> Text.name("name_id_format", format, 255));
        metadataUrl.ifPresent(url -> requireSafe("metadata_url", Text.name("metadata_url", url, 1024)));
        metadata.ifPresent(xml -> SamlMetadata.of(Text.max("metadata", xml, SamlMetadata.MOST_BYTES), provider));
        if (attributes.size() > MOST_ATTRIBUTES) {
            throw Fault.badRequest("attributes", "There can be at most " + MOST_ATTRIBUTES + " attributes.");
        }
        attributes.forEach((name, alias) -> {
            Text.name("attributes", name, 255);
            Text.name("attributes", alias, 255);
        });
    }

    /** An address without TLS is taken on this machine only. */
    static URI requireSafe(String field, String address) {
        Fault no = Fault.badRequest(field, "The " + field + " must be an https address.");
        try {
            URI uri = new URI(address);
            boolean here = "http".equals(uri.getScheme())
                    && List.of("127.0.0.1", "localhost").contains(uri.getHost());
            if (uri.getHost() == null || !"https".equals(uri.getScheme()) && !here) {
                throw no;
            }
            return uri;
        } catch (URISyntaxException e) {
            throw no.cause(e);
        }
    }

    @Override
    public String toString() {
        return entityId + " at " + provider.or(() -> metadataUrl).orElse("its provider");
    }
}
