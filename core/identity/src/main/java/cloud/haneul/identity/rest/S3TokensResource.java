package cloud.haneul.identity.rest;

import cloud.haneul.identity.Ec2Tokens;
import cloud.haneul.identity.Tokens.Issued;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.JsonIn;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** {@code /s3tokens}, for an object store that was sent a request signed with EC2 keys. */
@Component
@Path("/identity/v3/s3tokens")
@Produces(MediaType.APPLICATION_JSON)
public class S3TokensResource {
    private static final int LONG = 65_535;

    private final Ec2Tokens tokens;
    private final TokenAnswers answers;

    @Inject
    S3TokensResource(Ec2Tokens tokens, TokenAnswers answers) {
        this.tokens = tokens;
        this.answers = answers;
    }

    @POST
    public Response s3(@BeanParam Call call) {
        JsonIn signed = call.json().object("credentials");
        String token = signed.text("token", 1, LONG);
        String stringToSign;
        try {
            stringToSign = new String(
                    Base64.getUrlDecoder().decode(token.replace('+', '-').replace('/', '_')), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw signed.invalid("token", "is not base64");
        }
        Issued issued = tokens.byS3(
                call.caller(),
                signed.text("access", 1, 255),
                stringToSign,
                signed.text("signature", 1, 1024),
                Body.request(call));
        return answers.token(200, issued.token(), issued.info(), call);
    }
}
