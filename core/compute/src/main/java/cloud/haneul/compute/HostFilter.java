package cloud.haneul.compute;

import cloud.haneul.compute.Scheduler.Request;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** A condition a host must meet, with the words in which a person hears that it did not. */
record HostFilter(String name, BiPredicate<Host, Request> accept, Function<Request, String> words) {

    static final List<HostFilter> ALL = List.of(
            new HostFilter("enabled", (host, request) -> host.isEnabled(), request -> "disabled by an administrator"),
            new HostFilter(
                    "up", (host, request) -> host.connection() == Host.Connection.UP, request -> "not reachable"),
            new HostFilter(
                    "zone",
                    (host, request) ->
                            request.zone().isEmpty() || request.zone().equals(host.zone()),
                    request -> "outside availability zone " + request.zone()),
            new HostFilter(
                    "host",
                    (host, request) ->
                            request.host().isEmpty() || request.host().equals(host.name()),
                    request -> "not the host " + request.host() + " that was asked for"),
            new HostFilter(
                    "architecture",
                    (host, request) -> matches(request, "hw_architecture", host.architecture()),
                    request ->
                            "not of architecture " + request.imageProperties().get("hw_architecture")),
            new HostFilter(
                    "hypervisor-type",
                    (host, request) -> matches(request, "img_hv_type", host.hypervisorType()),
                    request -> "not of hypervisor type "
                            + request.imageProperties().get("img_hv_type")),
            new HostFilter(
                    "retry",
                    (host, request) -> !request.tried().contains(host.id()),
                    request -> "tried before, where it failed"));

    boolean accepts(Host host, Request request) {
        return accept.test(host, request);
    }

    String why(Request request) {
        return words.apply(request);
    }

    private static boolean matches(Request request, String property, String actual) {
        String wanted = request.imageProperties().getOrDefault(property, "");
        return wanted.isEmpty() || wanted.toLowerCase(Locale.ROOT).equals(actual.toLowerCase(Locale.ROOT));
    }
}
