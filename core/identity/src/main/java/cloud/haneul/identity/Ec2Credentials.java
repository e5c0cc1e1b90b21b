package cloud.haneul.identity;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Delegation;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Page;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The use cases around pairs of access key and secret, as EC2 and S3 clients have them: credentials of type {@code ec2}. */
@Component
public class Ec2Credentials {
    private final Database database;
    private final Access access;
    private final Credentials credentials;

    @Inject
    Ec2Credentials(Database database, Access access, Credentials credentials) {
        this.database = database;
        this.access = access;
        this.credentials = credentials;
    }

    /** A pair, and what it is good for. */
    public record Pair(String userId, String projectId, String access, String secret, Optional<String> trustId) {
        @Override
        public String toString() {
            return "ec2 keys " + access;
        }
    }

    /** @throws Fault FORBIDDEN for an application credential that may not make others, and for OAuth 1; NOT_FOUND for an unknown project */
    public Pair create(Caller caller, String userId, String projectId) {
        access.require(caller, "identity:ec2_create_credential", Credentials.target(userId));
        // a trust's keys are as good as the trust; heat lives by that
        if (caller.delegation().filter(d -> d.kind() != Delegation.Kind.TRUST).isPresent()) {
            Delegations.requireOwnPower(caller, "managing EC2 credentials");
        }
        database.run(em -> {
            Users.existing(em, userId);
            Projects.existing(em, projectId);
        });
        Ec2Blob blob = Ec2Blob.of(Ids.newHexId(), Ids.newHexId());
        return pair(credentials.add(
                caller,
                new NewCredential(userId, Credential.EC2, blob.text(), Optional.of(projectId)),
                "identity:ec2_create_credential"));
    }

    public List<Pair> list(Caller caller, String userId) {
        access.require(caller, "identity:ec2_list_credentials", Map.of("user_id", userId));
        return credentials.page(Optional.of(userId), Optional.of(Credential.EC2), Page.all()).stream()
                .filter(credential -> credentials.isWithin(caller, credential))
                .map(credentials::shown)
                .map(Ec2Credentials::pair)
                .toList();
    }

    public Pair get(Caller caller, String userId, String accessKey) {
        return pair(credentials.shown(visible(caller, "identity:ec2_get_credential", userId, accessKey)));
    }

    public void delete(Caller caller, String userId, String accessKey) {
        Credential credential = visible(caller, "identity:ec2_delete_credential", userId, accessKey);
        credentials.remove(caller, credential, "identity:ec2_delete_credential");
    }

    private Credential visible(Caller caller, String rule, String userId, String accessKey) {
        Optional<Credential> credential = credentials
                .find(SecretHashes.sha256(accessKey))
                .filter(c -> c.type().equals(Credential.EC2) && c.userId().equals(userId));
        access.require(
                caller,
                rule,
                Credentials.target(credential.map(Credential::userId).orElse(userId)));
        return credential
                .filter(c -> credentials.isWithin(caller, c))
                .orElseThrow(() -> Faults.notFound("credential", accessKey));
    }

    static Pair pair(Credentials.Shown shown) {
        Ec2Blob blob = Ec2Blob.parse(shown.blob());
        return new Pair(shown.userId(), shown.projectId().orElse(""), blob.access(), blob.secret(), blob.trustId());
    }
}
