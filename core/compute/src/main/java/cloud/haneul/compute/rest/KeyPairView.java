package cloud.haneul.compute.rest;

import cloud.haneul.compute.KeyPair;
import cloud.haneul.kernel.rest.Since;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Map;

/** A key pair as the API shows it: in lists the first line, alone all of it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record KeyPairView(
        String name,
        @JsonProperty("public_key") String publicKey,
        String fingerprint,
        @Since("2.2") String type,
        @JsonProperty("private_key") String privateKey,
        @JsonProperty("user_id") String userId,
        Long id,
        Boolean deleted,
        @JsonProperty("created_at") Instant createdAt) {

    static Map<String, Object> brief(KeyPair pair) {
        return Map.of(
                "keypair",
                new KeyPairView(
                        pair.name(), pair.publicKey(), pair.fingerprint(), pair.type(), null, null, null, null, null));
    }

    static Map<String, Object> made(KeyPair pair, String privateKey) {
        return Map.of(
                "keypair",
                new KeyPairView(
                        pair.name(),
                        pair.publicKey(),
                        pair.fingerprint(),
                        pair.type(),
                        privateKey,
                        pair.userId(),
                        null,
                        null,
                        null));
    }

    static Map<String, Object> full(KeyPair pair) {
        return Map.of(
                "keypair",
                new KeyPairView(
                        pair.name(),
                        pair.publicKey(),
                        pair.fingerprint(),
                        pair.type(),
                        null,
                        pair.userId(),
                        pair.id(),
                        false,
                        pair.createdAt()));
    }
}
