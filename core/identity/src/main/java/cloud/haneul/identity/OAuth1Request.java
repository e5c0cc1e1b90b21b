package cloud.haneul.identity;

import cloud.haneul.kernel.Fault;
import java.util.List;
import java.util.Optional;

/**
 * A request that an OAuth 1 client signed, as RFC 5849 looks at it.
 *
 * @param address scheme, host, port unless it is the scheme's own, and path, as the client wrote them
 * @param parameters decoded, from the query, a form and {@code Authorization} (without its {@code realm})
 */
public record OAuth1Request(String method, String address, List<Parameter> parameters) {

    /** One of them. */
    public record Parameter(String name, String value) {}

    public OAuth1Request {
        parameters = List.copyOf(parameters);
    }

    /** @throws Fault BAD_REQUEST when it is there twice, as RFC 5849 wants it */
    public Optional<String> find(String name) {
        List<String> values = parameters.stream()
                .filter(p -> p.name().equals(name))
                .map(Parameter::value)
                .toList();
        if (values.size() > 1) {
            throw Fault.badRequest(name, "The parameter " + name + " is there more than once.");
        }
        return values.stream().findFirst();
    }

    /** @throws Fault BAD_REQUEST when it is not there, or empty */
    public String get(String name) {
        return find(name)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> Fault.badRequest(name, "The parameter " + name + " is missing."));
    }

    /** Signatures are no secrets, but nobody needs them in a log. */
    @Override
    public String toString() {
        return "signed " + method + " " + address;
    }
}
