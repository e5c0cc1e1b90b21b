package cloud.haneul.identity.rest;

import cloud.haneul.identity.Catalog;
import cloud.haneul.identity.TokenContext;
import cloud.haneul.identity.TokenInfo;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A token as JSON, and the catalogue. */
final class TokenView {
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private TokenView() {}

    static Map<String, Object> of(TokenInfo token, Optional<List<Catalog.Offer>> catalog) {
        TokenContext context = token.context();
        View view = View.of()
                .with("methods", token.methods())
                .with(
                        "user",
                        View.of()
                                .with("domain", named(context.userDomain()))
                                .with("id", context.user().id())
                                .with("name", context.user().name())
                                .with("password_expires_at", null)
                                .map())
                .with("audit_ids", token.auditIds())
                .with("expires_at", MICROS.format(token.expiresAt()))
                .with("issued_at", MICROS.format(token.issuedAt()));
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
        if (!context.roles().isEmpty()) {
            view.with("roles", context.roles().stream().map(TokenView::named).toList());
            catalog.ifPresent(offers -> view.with("catalog", catalog(offers)));
        }
        return view.as("token");
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
