package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Authenticator;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.HealthCheck;
import cloud.haneul.kernel.MetricSource;
import cloud.haneul.kernel.data.Page;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A small compute and network service to try the filters on. Not components: they must not become part of the clouds that other
 * tests start.
 */
final class Demo {
    static final List<Class<?>> BEANS = List.of(
            Families.class, Tokens.class, Servers.class, Networks.class, Providers.class, Sick.class, Numbers.class);

    private Demo() {}

    static class Families implements ApiFamilySource {
        @Override
        public List<ApiFamily> families() {
            return List.of(
                    ApiFamily.of("compute", "/compute", ErrorShapes.nova())
                            .microversions(Microversions.of("compute", "2.1", "2.96")
                                    .legacyHeader("X-OpenStack-Nova-API-Version"))
                            .requestIdHeader("X-Compute-Request-Id"),
                    ApiFamily.of("network", "/network", ErrorShapes.neutron()).status(Fault.Kind.OVER_QUOTA, 409),
                    ApiFamily.of("image", "/image", ErrorShapes.glance()).status(Fault.Kind.OVER_QUOTA, 413),
                    ApiFamily.of("placement", "/placement", ErrorShapes.placement())
                            .microversions(Microversions.of("placement", "1.0", "1.39")));
        }
    }

    /** Token {@code USER:ROLE} is good. */
    static class Tokens implements Authenticator {
        @Override
        public Caller authenticate(String token, RequestInfo info) {
            String[] words = token.split(":");
            if (words.length != 2) {
                throw Fault.unauthorized();
            }
            return new Caller(
                    words[0],
                    words[0],
                    "default",
                    "Default",
                    Optional.of("p1"),
                    Optional.of("p1"),
                    Optional.of("default"),
                    Optional.of("Default"),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    Set.of(words[1]),
                    info.requestId(),
                    info.globalRequestId(),
                    info.locale(),
                    info.address());
        }
    }

    record ServerView(
            String id,
            String name,
            @Until("2.36") @JsonProperty("old_style") String oldStyle,
            @Since("2.19") Optional<String> description,
            Instant created,
            @Micros @JsonProperty("launched_at") Optional<Instant> launched) {}

    @Path("/compute/v2.1/servers")
    @Produces(MediaType.APPLICATION_JSON)
    public static class Servers {
        private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05.678901Z");

        @GET
        @Path("/{id}")
        public Map<String, Object> show(@PathParam("id") String id, @BeanParam Call call) {
            return switch (id) {
                case "broken" -> throw new IllegalStateException("jdbc:h2:secret-inside");
                case "unwritable" ->
                    Map.of("server", new Object() {
                        public String getName() {
                            throw new IllegalStateException("secret-inside");
                        }
                    });
                case "absent" -> throw Fault.notFound("Instance", id);
                case "poor" -> throw Fault.overQuota("Quota exceeded for cores.");
                default ->
                    Map.of("server", new ServerView(id, "web", "yes", Optional.empty(), CREATED, Optional.of(CREATED)));
            };
        }

        @GET
        public Map<String, Object> list(@BeanParam Call call) {
            Page page = call.page();
            List<String> ids = IntStream.range(0, Math.min(page.limit(), 5))
                    .mapToObj(i -> "id" + i)
                    .toList();
            return Map.of("servers", ids, "servers_links", call.links().next(page, ids, i -> i));
        }

        @POST
        public Response create(@BeanParam Call call) {
            JsonIn in = call.json();
            JsonIn server = in.object("server");
            String name = server.name("name", 1, 255);
            Optional<String> data = server.optText("user_data", 0, 65535);
            in.done();
            return Response.accepted(Map.of(
                            "name",
                            name,
                            "user",
                            call.caller().userId(),
                            "roles",
                            call.caller().roles(),
                            "data",
                            data.map(String::length)))
                    .build();
        }

        @DELETE
        @Path("/{id}")
        public void delete(@PathParam("id") String id) {}
    }

    @Path("/network/v2.0")
    @Produces(MediaType.APPLICATION_JSON)
    public static class Networks {
        @GET
        @Anonymous
        public Response versions(@BeanParam Call call) {
            return VersionDocument.list(
                    200, VersionDocument.of("v2.0", "CURRENT").link("self", call.baseUrl() + "/network/v2.0/"));
        }

        @GET
        @Path("/networks/{id}")
        public Map<String, Object> show(@PathParam("id") String id, @BeanParam Call call) {
            if (id.equals("poor")) {
                throw Fault.overQuota("Quota exceeded for resources: ['network'].");
            }
            if (id.equals("absent")) {
                throw Fault.notFound("Network", id);
            }
            return Map.of(
                    "network",
                    Fields.of(call)
                            .pick(new ServerView(id, "net", "", Optional.empty(), Instant.EPOCH, Optional.empty())));
        }

        @PUT
        @Path("/files")
        @Consumes(MediaType.APPLICATION_OCTET_STREAM)
        public Map<String, Object> upload(InputStream body) throws IOException {
            return Map.of("size", body.transferTo(java.io.OutputStream.nullOutputStream()));
        }

        /** As no resource of ours should read its body, to see that even then nothing leaks. */
        @POST
        @Path("/bound")
        @Consumes(MediaType.APPLICATION_JSON)
        public Map<String, Object> bound(ServerView view) {
            return Map.of("name", view.name());
        }
    }

    @Path("/placement")
    public static class Providers {
        @GET
        @Path("/resource_providers")
        @Produces(MediaType.APPLICATION_JSON)
        public Map<String, Object> list() {
            return Map.of("resource_providers", List.of());
        }
    }

    static class Sick implements HealthCheck {
        @Override
        public String name() {
            return "weather";
        }

        @Override
        public Optional<String> problem() {
            return Optional.of("it rains");
        }
    }

    static class Numbers implements MetricSource {
        @Override
        public List<Metric> metrics() {
            return List.of(Metric.gauge("haneul.demo", "Demo", Map.of("kind", "a"), 42));
        }
    }
}
