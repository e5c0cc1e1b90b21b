package cloud.haneul.identity;

import java.util.List;
import java.util.Optional;

/**
 * A wish for a token: how somebody proves who he is, and for what.
 *
 * @param proofs all must hold and be of the same user
 * @param receipt tells what he proved a moment ago, when his rules want several proofs
 */
public record Login(List<Proof> proofs, Scope scope, Optional<String> receipt) {

    public Login {
        proofs = List.copyOf(proofs);
    }

    public Login(List<Proof> proofs, Scope scope) {
        this(proofs, scope, Optional.empty());
    }

    public static Login password(UserRef user, String password, Scope scope) {
        return new Login(List.of(new PasswordProof(user, password)), scope);
    }

    public static Login token(String token, Scope scope) {
        return new Login(List.of(new TokenProof(token)), scope);
    }

    Login with(Scope other) {
        return new Login(proofs, other, receipt);
    }

    @Override
    public String toString() {
        return "login by " + proofs + " for " + scope;
    }

    /** One way to prove who one is. */
    public sealed interface Proof {}

    public record PasswordProof(UserRef user, String password) implements Proof {
        @Override
        public String toString() {
            return "password of " + user;
        }
    }

    public record TokenProof(String token) implements Proof {
        @Override
        public String toString() {
            return "token";
        }
    }

    /** A one-time password. */
    public record TotpProof(UserRef user, String passcode) implements Proof {
        @Override
        public String toString() {
            return "one-time password of " + user;
        }
    }

    /** An application credential by its id or, without that, by its name and user. */
    public record ApplicationProof(Optional<String> id, Optional<String> name, Optional<UserRef> user, String secret)
            implements Proof {
        @Override
        public String toString() {
            return "application credential " + id.or(() -> name).orElse("")
                    + user.map(u -> " of " + u).orElse("");
        }
    }

    /** OAuth 1: the request itself is signed. */
    public record OAuth1Proof(OAuth1Request signed) implements Proof {}

    /** What the token shall be good for. */
    public sealed interface Scope {
        /** The user's default project if he has one and gets in there, else nothing. */
        Scope PREFERRED = new Preferred();

        Scope NONE = new None();
        Scope SYSTEM = new OfSystem();
    }

    record Preferred() implements Scope {}

    record None() implements Scope {}

    record OfSystem() implements Scope {}

    public record OfProject(ProjectRef project) implements Scope {}

    /** Whatever a trust lends. */
    public record OfTrust(String id) implements Scope {}

    public record OfDomain(DomainRef domain) implements Scope {}

    /** A domain by its id or, without that, by its name. */
    public record DomainRef(Optional<String> id, Optional<String> name) {
        public static DomainRef id(String id) {
            return new DomainRef(Optional.of(id), Optional.empty());
        }

        public static DomainRef name(String name) {
            return new DomainRef(Optional.empty(), Optional.of(name));
        }
    }

    /** A project by its id or, without that, by its name in a domain. */
    public record ProjectRef(Optional<String> id, Optional<String> name, Optional<DomainRef> domain) {
        public static ProjectRef id(String id) {
            return new ProjectRef(Optional.of(id), Optional.empty(), Optional.empty());
        }

        public static ProjectRef name(String name, DomainRef domain) {
            return new ProjectRef(Optional.empty(), Optional.of(name), Optional.of(domain));
        }
    }

    /** A user by his id or, without that, by his name in a domain. */
    public record UserRef(Optional<String> id, Optional<String> name, Optional<DomainRef> domain) {
        public static UserRef id(String id) {
            return new UserRef(Optional.of(id), Optional.empty(), Optional.empty());
        }

        public static UserRef name(String name, DomainRef domain) {
            return new UserRef(Optional.empty(), Optional.of(name), Optional.of(domain));
        }
    }
}
