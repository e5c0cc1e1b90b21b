package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Fault;
import java.util.Map;
import java.util.Optional;

/** How an API family writes an error down; {@link ErrorShapes} has the usual ones. */
@FunctionalInterface
public interface ErrorShape {

    Map<String, Object> body(Failure failure);

    /**
     * What there is to say about a failed request.
     *
     * @param status the HTTP status in this family
     * @param title the status in words: {@code Not Found}
     * @param version the microversion in force, if the family has them
     */
    record Failure(
            Fault fault,
            int status,
            String title,
            String requestId,
            Optional<Microversions> microversions,
            Optional<Microversion> version) {

        public String message() {
            return fault.getMessage();
        }
    }
}
