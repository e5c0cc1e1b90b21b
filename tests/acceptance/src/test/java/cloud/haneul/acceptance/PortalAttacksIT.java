package cloud.haneul.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The portal's door, tried by those it is shut for: crowds without a login, and pages of other sites in a browser that has one. */
class PortalAttacksIT {
    @RegisterExtension
    static final SharedCloud CLOUD = SharedCloud.simulated();

    private static final String LOGIN = "/dashboard/login.xhtml";
    private static final String KEYS = "/dashboard/keypairs.xhtml";
    private static final Pattern VIEW = Pattern.compile("name=\"jakarta\\.faces\\.ViewState\"[^>]*value=\"([^\"]+)\"");
    private static final Pattern NONCE = Pattern.compile("'nonce-([^']+)'");
    private static final Pattern PAGE = Pattern.compile("href=\"(/dashboard/[a-z-]+\\.xhtml)\"");
    private static final List<Map<String, String>> ELSEWHERE = List.of(
            Map.of("Origin", "http://evil.example"),
            Map.of("Origin", "null"),
            Map.of("Sec-Fetch-Site", "cross-site"),
            Map.of("Sec-Fetch-Site", "same-site"));

    private static Tenant tenant;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void somebody() {
        tenant = Tenant.in(CLOUD.cloud(), "portal-attacks");
    }

    private HttpResponse<String> send(String method, String path, Map<String, String> form, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(CLOUD.cloud().url() + path))
                .timeout(Duration.ofSeconds(60))
                .method(method, form.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(encoded(form)));
        if (!form.isEmpty()) {
            request.header("Content-Type", "application/x-www-form-urlencoded");
        }
        headers.forEach(request::header);
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field ->
                        URLEncoder.encode(field.getKey(), UTF_8) + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    private HttpResponse<String> get(String path, Map<String, String> headers) throws Exception {
        return send("GET", path, Map.of(), headers);
    }

    private Map<String, String> loginForm(String password) throws Exception {
        HttpResponse<String> page = get(LOGIN, Map.of());
        Map<String, String> form = new LinkedHashMap<>(Map.of(
                "login", "login",
                "login:name", tenant.credentials().get("username"),
                "login:password", password,
                "login:domain", "Default",
                "login:enter", ""));
        fill(form, page);
        return form;
    }

    private static void fill(Map<String, String> form, HttpResponse<String> page) {
        form.put("jakarta.faces.ViewState", found(VIEW, page.body()));
        form.put(
                "primefaces.nonce",
                found(
                        NONCE,
                        page.headers().firstValue("Content-Security-Policy").orElseThrow()));
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return matcher.group(1);
    }

    private static List<String> cookies(HttpResponse<String> answer) {
        return answer.headers().allValues("Set-Cookie");
    }

    /** The cookie of a new session. */
    private Map<String, String> session() throws Exception {
        HttpResponse<String> answer =
                send("POST", LOGIN, loginForm(tenant.credentials().get("password")), Map.of());
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(cookies(answer))
                .singleElement()
                .asString()
                .contains("HttpOnly")
                .containsIgnoringCase("SameSite=Lax");
        return Map.of("Cookie", cookies(answer).get(0).replaceFirst(";.*", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                LOGIN,
                LOGIN + "?to=/dashboard/instances.xhtml",
                "/dashboard/",
                KEYS,
                "/dashboard/error.xhtml",
                "/dashboard/console.xhtml?token=guessed",
                "/dashboard/none.xhtml",
                "/dashboard/vendor/none.js",
                "/jakarta.faces.resource/none.css.xhtml",
                "/identity/v3"
            })
    void nothingIsKeptForWhoHasNoLogin(String path) throws Exception {
        assertThat(cookies(get(path, Map.of()))).isEmpty();
    }

    @Test
    void norForWhoTriesToLogIn() throws Exception {
        Map<String, String> form = loginForm("wrong");
        HttpResponse<String> wrong = send("POST", LOGIN, form, Map.of());
        assertThat(wrong.statusCode()).isEqualTo(200);
        assertThat(wrong.body()).contains("role=\"alert\"", "hn-said");
        assertThat(cookies(wrong)).isEmpty();
        for (String field : List.of("jakarta.faces.ViewState", "primefaces.nonce")) {
            for (String odd : List.of("", "x", "1:1", "x'; script-src *", "<script>")) {
                Map<String, String> other = new LinkedHashMap<>(form);
                other.put(field, odd);
                HttpResponse<String> answer = send("POST", LOGIN, other, Map.of());
                assertThat(answer.statusCode()).as(field + " " + odd).isIn(200, 302);
                assertThat(cookies(answer)).isEmpty();
            }
        }
    }

    @Test
    void nobodyIsLoggedInByAPageOfAnotherSite() throws Exception {
        Map<String, String> form = loginForm(tenant.credentials().get("password"));
        for (Map<String, String> elsewhere : ELSEWHERE) {
            HttpResponse<String> answer = send("POST", LOGIN, form, elsewhere);
            assertThat(answer.statusCode()).as(elsewhere.toString()).isEqualTo(403);
            assertThat(cookies(answer)).isEmpty();
        }
        assertThat(send("POST", LOGIN, form, Map.of("Origin", CLOUD.cloud().url(), "Sec-Fetch-Site", "same-origin"))
                        .statusCode())
                .isEqualTo(302);
    }

    @Test
    void aFormOfAnotherSiteChangesNothing() throws Exception {
        Map<String, String> session = session();
        HttpResponse<String> page = get(KEYS, session);
        Map<String, String> form = new LinkedHashMap<>(Map.of(
                "createKeyForm", "createKeyForm",
                "createKeyForm:keyName", "forged",
                "createKeyForm:publicKey", "",
                "createKeyForm:submit", ""));
        fill(form, page);
        for (Map<String, String> elsewhere : ELSEWHERE) {
            Map<String, String> headers = new LinkedHashMap<>(session);
            headers.putAll(elsewhere);
            assertThat(send("POST", KEYS, form, headers).statusCode())
                    .as(elsewhere.toString())
                    .isEqualTo(403);
        }
        // nor one from nowhere that never saw the page, whatever it says of its state
        for (String state : List.of("stateless", "1:1", "")) {
            Map<String, String> guessed = new LinkedHashMap<>(form);
            guessed.put("jakarta.faces.ViewState", state);
            assertThat(send("POST", KEYS, guessed, session).statusCode())
                    .as(state)
                    .isIn(200, 302);
        }
        assertThat(keys()).doesNotContain("forged");

        Map<String, String> own = new LinkedHashMap<>(session);
        own.put("Origin", CLOUD.cloud().url());
        send("POST", KEYS, form, own);
        assertThat(keys()).contains("forged");
    }

    private static String keys() {
        return tenant.rest().get("/compute/v2.1/os-keypairs").text();
    }

    @Test
    void noPageTakesAFormOfAnotherSite() throws Exception {
        Map<String, String> session = session();
        TreeSet<String> pages = new TreeSet<>();
        Matcher link = PAGE.matcher(get("/dashboard/index.xhtml", session).body());
        while (link.find()) {
            pages.add(link.group(1));
        }
        assertThat(pages).hasSizeGreaterThan(5);
        Map<String, String> headers = new LinkedHashMap<>(session);
        headers.put("Origin", "http://evil.example");
        List<String> taken = new ArrayList<>();
        for (String page : pages) {
            if (send("POST", page, Map.of("x", "y"), headers).statusCode() != 403) {
                taken.add(page);
            }
        }
        assertThat(taken).isEmpty();
    }
}
