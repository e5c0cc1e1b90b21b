package cloud.haneul.identity.rest;

import cloud.haneul.identity.Catalog;
import cloud.haneul.identity.IdentityProviders;
import cloud.haneul.identity.TokenContext;
import cloud.haneul.identity.TokenInfo;
import cloud.haneul.identity.Users;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.rest.Call;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** Answers with a token in the header and all it says in the body. */
@Component
class TokenAnswers {
    static final String SUBJECT = "X-Subject-Token";

    private final Catalog catalog;
    private final Users users;
    private final IdentityProviders providers;

    @Inject
    TokenAnswers(Catalog catalog, Users users, IdentityProviders providers) {
        this.catalog = catalog;
        this.users = users;
        this.providers = providers;
    }

    Response token(int status, String token, TokenInfo info, Call call) {
        TokenContext context = info.context();
        String user = context.user().id();
        Optional<List<Catalog.Offer>> offers = call.hasQuery("nocatalog")
                ? Optional.empty()
                : Optional.of(catalog.offers(context.project().map(TokenContext.Place::id), user, call.baseUrl()));
        return Response.status(status)
                .header(SUBJECT, token)
                .header("Vary", "X-Auth-Token")
                .entity(TokenView.of(
                        info,
                        offers,
                        Optional.ofNullable(
                                users.passwordExpiries(List.of(user)).get(user)),
                        providers.origin(user)))
                .build();
    }
}
