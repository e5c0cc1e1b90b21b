package cloud.haneul.identity;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Delegation;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.data.Json;
import com.fasterxml.jackson.core.type.TypeReference;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The content of an {@code ec2} credential: access key, secret, and by whose leave it was made, if by any. */
record Ec2Blob(String access, String secret, Map<String, Object> all) {
    private static final String TRUST = "trust_id";
    private static final String APPLICATION = "app_cred_id";

    /** @throws Fault BAD_REQUEST when it is no JSON object with both keys */
    static Ec2Blob parse(String text) {
        Map<String, Object> all;
        try {
            all = Json.read(text, new TypeReference<LinkedHashMap<String, Object>>() {});
        } catch (UncheckedIOException e) {
            throw Fault.badRequest("blob", "Invalid blob in credential");
        }
        if (all == null
                || !(all.get("access") instanceof String access)
                || !(all.get("secret") instanceof String secret)
                || access.isEmpty()
                || secret.isEmpty()) {
            throw Fault.badRequest("blob", "Invalid blob in credential");
        }
        return new Ec2Blob(access, secret, all);
    }

    static Ec2Blob of(String access, String secret) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("access", access);
        all.put("secret", secret);
        return new Ec2Blob(access, secret, all);
    }

    /** Marked with what the caller acts by, so that it is never good for more than he is. */
    Ec2Blob madeBy(Caller caller) {
        Map<String, Object> marked = new LinkedHashMap<>(all);
        marked.put(TRUST, id(caller, Delegation.Kind.TRUST));
        marked.put(APPLICATION, id(caller, Delegation.Kind.APPLICATION_CREDENTIAL));
        marked.put("access_token_id", null);
        return new Ec2Blob(access, secret, marked);
    }

    /** With the marks of the one it takes the place of; others cannot be put on it. */
    Ec2Blob replacing(Ec2Blob before) {
        Map<String, Object> marked = new LinkedHashMap<>(all);
        for (String mark : new String[] {TRUST, APPLICATION, "access_token_id"}) {
            if (all.containsKey(mark) && !Objects.equals(all.get(mark), before.all.get(mark))) {
                throw Fault.badRequest("blob", mark + " can not be updated for credential");
            }
            marked.put(mark, before.all.get(mark));
        }
        return new Ec2Blob(access, secret, marked);
    }

    Optional<String> trustId() {
        return text(TRUST);
    }

    Optional<TokenSource> source() {
        return trustId().map(TokenSource::trust).or(() -> text(APPLICATION).map(TokenSource::application));
    }

    String id() {
        return SecretHashes.sha256(access);
    }

    String text() {
        return Json.write(all);
    }

    private Optional<String> text(String name) {
        return all.get(name) instanceof String id ? Optional.of(id) : Optional.empty();
    }

    private static String id(Caller caller, Delegation.Kind kind) {
        return caller.delegation()
                .filter(d -> d.kind() == kind)
                .map(Delegation::id)
                .orElse(null);
    }

    @Override
    public String toString() {
        return "ec2 keys " + access;
    }
}
