package cloud.haneul.identity;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.data.Database;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether what somebody showed is enough for him: a user's option {@code multi_factor_auth_rules} lists sets of methods, one of
 * which must be complete. Without rules any method will do but a one-time password alone, which is a second factor.
 */
@Component
class LoginRules {
    private final Database database;
    private final Contexts contexts;
    private final Receipts receipts;

    @Inject
    LoginRules(Database database, Contexts contexts, Receipts receipts) {
        this.database = database;
        this.contexts = contexts;
        this.receipts = receipts;
    }

    /**
     * @param methods by which he came, completed by those of his receipt
     * @throws Fault UNAUTHORIZED caused by a {@link ReceiptNeeded} when they are not enough
     */
    void require(String userId, Set<String> methods, Optional<String> receipt) {
        User user = database.read(em -> Optional.ofNullable(em.find(User.class, userId)))
                .orElseThrow(Fault::unauthorized);
        receipt.ifPresent(text -> {
            Receipts.Known known = receipts.read(text)
                    .filter(r -> r.userId().equals(userId))
                    .orElseThrow(() -> Fault.unauthorized().detail("The receipt is over or not of user " + userId));
            methods.addAll(known.methods());
        });
        List<List<String>> rules = UserOptions.methodRules(user);
        Set<String> shown = new LinkedHashSet<>(methods);
        if (rules.isEmpty()) {
            shown.removeAll(Set.of("totp", "token"));
            if (shown.isEmpty()) {
                throw Fault.unauthorized().detail("A one-time password alone is not enough for user " + userId);
            }
            return;
        }
        if (rules.stream().noneMatch(shown::containsAll)) {
            TokenContext context = contexts.find(userId, Optional.empty()).orElseThrow(Fault::unauthorized);
            throw Fault.unauthorized().cause(new ReceiptNeeded(receipts.make(context, shown), rules));
        }
    }
}
