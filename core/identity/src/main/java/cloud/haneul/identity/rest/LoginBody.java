package cloud.haneul.identity.rest;

import cloud.haneul.identity.Login;
import cloud.haneul.identity.Login.ApplicationProof;
import cloud.haneul.identity.Login.DomainRef;
import cloud.haneul.identity.Login.OAuth1Proof;
import cloud.haneul.identity.Login.OfDomain;
import cloud.haneul.identity.Login.OfProject;
import cloud.haneul.identity.Login.OfTrust;
import cloud.haneul.identity.Login.PasswordProof;
import cloud.haneul.identity.Login.ProjectRef;
import cloud.haneul.identity.Login.Proof;
import cloud.haneul.identity.Login.Scope;
import cloud.haneul.identity.Login.TokenProof;
import cloud.haneul.identity.Login.TotpProof;
import cloud.haneul.identity.Login.UserRef;
import cloud.haneul.identity.OAuth1Request;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.rest.JsonIn;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the body of {@code POST /auth/tokens}. */
final class LoginBody {
    private LoginBody() {}

    /**
     * @param receipt from {@code Openstack-Auth-Receipt}
     * @param signed the request as OAuth 1 looks at it
     */
    static Login read(JsonIn in, Optional<String> receipt, Supplier<OAuth1Request> signed) {
        JsonIn auth = in.object("auth");
        JsonIn identity = auth.object("identity");
        List<Proof> proofs = identity.list("methods", 8, method -> proof(identity, method, signed));
        if (proofs.isEmpty()) {
            throw identity.invalid("methods", "is too short");
        }
        return new Login(proofs, auth.has("scope") ? scope(auth) : Scope.PREFERRED, receipt);
    }

    private static Proof proof(JsonIn identity, JsonIn method, Supplier<OAuth1Request> signed) {
        String name = method.asText(1, 64);
        return switch (name) {
            case "password" -> {
                JsonIn user = identity.object("password").object("user");
                yield new PasswordProof(user(user), user.text("password", 0, 4096));
            }
            case "token" -> new TokenProof(identity.object("token").text("id", 1, 8192));
            case "totp" -> {
                JsonIn user = identity.object("totp").object("user");
                yield new TotpProof(user(user), user.text("passcode", 0, 64));
            }
            case "oauth1" -> new OAuth1Proof(signed.get());
            case "application_credential" -> application(identity.object("application_credential"));
            default -> throw Fault.unauthorized().detail("Authentication method " + name + " is not there");
        };
    }

    private static Proof application(JsonIn credential) {
        Optional<String> id = credential.optText("id", 1, 64);
        Optional<String> name = credential.optText("name", 1, 255);
        if (id.isEmpty() && name.isEmpty()) {
            throw credential.invalid("id", "or 'name' is a required property");
        }
        return new ApplicationProof(
                id,
                name,
                id.isPresent() ? Optional.empty() : Optional.of(user(credential.object("user"))),
                credential.text("secret", 0, 4096));
    }

    private static UserRef user(JsonIn user) {
        Optional<String> id = user.optText("id", 1, 255);
        Optional<String> name = user.optText("name", 1, 255);
        if (id.isEmpty() && name.isEmpty()) {
            throw user.invalid("id", "or 'name' is a required property");
        }
        return new UserRef(id, name, domain(user, id));
    }

    private static Scope scope(JsonIn auth) {
        JsonIn scope = auth.at("scope");
        if (scope.isText()) {
            auth.oneOf("scope", "unscoped");
            return Scope.NONE;
        }
        return switch (scope.onlyName()) {
            case "project" -> {
                JsonIn project = scope.object("project");
                Optional<String> id = project.optText("id", 1, 64);
                Optional<String> name = project.optText("name", 1, 255);
                if (id.isEmpty() && name.isEmpty()) {
                    throw project.invalid("id", "or 'name' is a required property");
                }
                yield new OfProject(new ProjectRef(id, name, domain(project, id)));
            }
            case "domain" -> new OfDomain(domain(scope.object("domain")));
            case "system" -> {
                if (!scope.object("system").bool("all")) {
                    throw scope.at("system").invalid("all", "is not true");
                }
                yield Scope.SYSTEM;
            }
            case "OS-TRUST:trust" -> new OfTrust(scope.object("OS-TRUST:trust").text("id", 1, 64));
            case "unscoped" -> Scope.NONE;
            default -> throw Fault.unauthorized().detail("Scope " + scope.onlyName() + " is not there");
        };
    }

    private static Optional<DomainRef> domain(JsonIn of, Optional<String> id) {
        return id.isPresent() ? Optional.empty() : Optional.of(domain(of.object("domain")));
    }

    private static DomainRef domain(JsonIn domain) {
        Optional<String> id = domain.optText("id", 1, 64);
        Optional<String> name = domain.optText("name", 1, 255);
        if (id.isEmpty() && name.isEmpty()) {
            throw domain.invalid("id", "or 'name' is a required property");
        }
        return new DomainRef(id, name);
    }
}
