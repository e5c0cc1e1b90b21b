package cloud.haneul.kernel.access;

import java.util.List;
import java.util.stream.Collectors;

/** Policy files that cannot be used, with everything that is wrong in them. */
final class PolicyMistakes extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<Mistake> mistakes;

    PolicyMistakes(List<Mistake> mistakes) {
        super(mistakes.stream().map(Mistake::toString).collect(Collectors.joining(System.lineSeparator())));
        this.mistakes = List.copyOf(mistakes);
    }

    List<Mistake> mistakes() {
        return mistakes;
    }
}
