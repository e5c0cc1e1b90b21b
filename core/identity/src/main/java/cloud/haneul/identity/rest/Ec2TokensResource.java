package cloud.haneul.identity.rest;

import cloud.haneul.identity.Ec2Request;
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
import java.util.Map;

/** {@code /ec2tokens}, for services that were sent a request signed with EC2 keys. */
@Component
@Path("/identity/v3/ec2tokens")
@Produces(MediaType.APPLICATION_JSON)
public class Ec2TokensResource {
    private static final int MANY = 1000;
    private static final int LONG = 65_535;

    private final Ec2Tokens tokens;
    private final TokenAnswers answers;

    @Inject
    Ec2TokensResource(Ec2Tokens tokens, TokenAnswers answers) {
        this.tokens = tokens;
        this.answers = answers;
    }

    @POST
    public Response ec2(@BeanParam Call call) {
        JsonIn in = call.json();
        JsonIn signed = in.object(in.has("ec2Credentials") ? "ec2Credentials" : "credentials");
        Ec2Request request = new Ec2Request(
                signed.text("access", 1, 255),
                signed.text("signature", 1, 1024),
                signed.text("host", 1, 1024),
                signed.text("verb", 1, 16),
                signed.text("path", 0, LONG),
                signed.optMap("params", MANY, LONG, LONG).orElse(Map.of()),
                signed.optMap("headers", MANY, LONG, LONG).orElse(Map.of()),
                signed.optText("body_hash", 1, 128));
        Issued issued = tokens.byEc2(call.caller(), request, Body.request(call));
        return answers.token(200, issued.token(), issued.info(), call);
    }
}
