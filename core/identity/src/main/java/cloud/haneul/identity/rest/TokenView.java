package cloud.haneul.identity.rest;

import cloud.haneul.identity.Catalog;
import cloud.haneul.identity.IdentityProviders.Origin;
import cloud.haneul.identity.TokenContext;
import cloud.haneul.identity.TokenInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A token as JSON, and the catalogue. */
final class TokenView {
    private TokenView() {}

    /**
     * @param passwordEnd when the password of the token's user expires
     * @param origin where the token's user came from
     */
    static Map<String, Object> of(
            TokenInfo token,
            Optional<List<Catalog.Offer>> catalog,
            Optional<Instant> passwordEnd,
            Optional<Origin> origin) {
        TokenContext context = token.context();
        View view = View.of()
                .with("methods", token.methods())
                .with(
                        "user",
                        View.of()
                                .with("domain", named(context.userDomain()))
                                .with("id", context.user().id())
                                .with("name", context.user().name())
                                .with("password_expires_at", passwordEnd.map(Times::plain))
                                .ifPresent("OS-FEDERATION", origin.map(TokenView::federation))
                                .map())
                .with("audit_ids", token.auditIds())
                .with("expires_at", Times.zulu(token.expiresAt()))
                .with("issued_at", Times.zulu(token.issuedAt()));
        context.project().ifPresent(project -> view.with(
                        "project",
                        View.of()
                                .with("domain", named(project.domain()))
                                .with("id", project.id())
                                .with("name", project.name())
                                .map())
                .with("is_domain", project.isDomain()));
        context.domain().ifPresent(domain -> view.with("domain", named(domain)));
        if (context.system()) {
            view.with("system", Map.of("all", true));
        }
        context.trust().ifPresent(trust -> view.with("OS-TRUST:trust", trust(trust)));
        context.application().ifPresent(by -> view.with("application_credential", application(by)));
        context.oauth1()
                .ifPresent(by -> view.with(
                        "OS-OAUTH1",
                        View.of()
                                .with("access_token_id", by.accessTokenId())
                                .with("consumer_id", by.consumerId())
                                .map()));
        if (!context.roles().isEmpty()) {
            view.with("roles", context.roles().stream().map(TokenView::named).toList());
            catalog.ifPresent(offers -> view.with("catalog", catalog(offers)));
        }
        return view.as("token");
    }

    private static Map<String, Object> federation(Origin origin) {
        return View.of()
                .with(
                        "groups",
                        origin.groupIds().stream().map(id -> Map.of("id", id)).toList())
                .with("identity_provider", Map.of("id", origin.providerId()))
                .with("protocol", Map.of("id", origin.protocolId()))
                .map();
    }

    private static Map<String, Object> trust(TokenContext.ByTrust trust) {
        return View.of()
                .with("id", trust.id())
                .with("impersonation", trust.impersonation())
                .with("trustor_user", Map.of("id", trust.trustorId()))
                .with("trustee_user", Map.of("id", trust.trusteeId()))
                .map();
    }

    private static Map<String, Object> application(TokenContext.ByApplication by) {
        View view = View.of().with("id", by.id()).with("name", by.name()).with("restricted", !by.unrestricted());
        if (!by.accessRules().isEmpty()) {
            view.with(
                    "access_rules",
                    by.accessRules().stream().map(AccessRuleView::brief).toList());
        }
        return view.map();
    }

    static List<Map<String, Object>> catalog(List<Catalog.Offer> offers) {
        return offers.stream()
                .map(offer -> View.of()
                        .with(
                                "endpoints",
                                offer.addresses().stream()
                                        .map(TokenView::address)
                                        .toList())
                        .with("id", offer.id())
                        .with("type", offer.type())
                        .with("name", offer.name())
                        .map())
                .toList();
    }

    private static Map<String, Object> address(Catalog.Address address) {
        return View.of()
                .with("id", address.id())
                .with("interface", address.face())
                .with("region_id", address.region())
                .with("url", address.url())
                .with("region", address.region())
                .map();
    }

    private static Map<String, Object> named(TokenContext.Named named) {
        return View.idAndName(named.id(), named.name());
    }
}
