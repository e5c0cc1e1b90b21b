package cloud.haneul.acceptance;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The real hypervisor and network that {@code ./haneul test} started for us. */
record BackEnds(
        String libvirt, String northbound, String southbound, String ovs, String publicCidr, String publicBridge) {
    private static final List<String> NEEDED = List.of(
            "HANEUL_TEST_LIBVIRT_URI",
            "HANEUL_TEST_OVN_NORTHBOUND",
            "HANEUL_TEST_OVN_SOUTHBOUND",
            "HANEUL_TEST_OVS",
            "HANEUL_TEST_PUBLIC_CIDR",
            "HANEUL_TEST_PUBLIC_BRIDGE",
            GuestImage.VARIABLE);

    static BackEnds ofEnvironment() {
        return new BackEnds(
                variable(0).orElseThrow(),
                variable(1).orElseThrow(),
                variable(2).orElseThrow(),
                variable(3).orElseThrow(),
                variable(4).orElseThrow(),
                variable(5).orElseThrow());
    }

    /** Why there are none, for a skipped test; empty when there are. */
    static Optional<String> missing() {
        List<String> unset =
                NEEDED.stream().filter(name -> value(name).isEmpty()).toList();
        return unset.isEmpty()
                ? Optional.empty()
                : Optional.of("no real back ends: " + String.join(", ", unset) + " not set (./haneul test sets them)");
    }

    static boolean present() {
        return missing().isEmpty();
    }

    /** An address of the public network that stands for the world outside; the last ones are nobody's. */
    String outsideAddress() {
        String[] parts = publicCidr.split("/");
        return parts[0].replaceFirst("\\.\\d+$", ".250") + "/" + parts[1];
    }

    String publicGateway() {
        return publicCidr.replaceFirst("\\.\\d+/.*", ".1");
    }

    String virsh(String... arguments) {
        return Shell.must(Stream.concat(Stream.of("virsh", "-q", "-c", libvirt), Stream.of(arguments))
                .toArray(String[]::new));
    }

    String northbound(String... arguments) {
        return Shell.must(
                Stream.concat(Stream.of("ovn-nbctl", "--timeout=20", "--db=" + northbound), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    String vsctl(String... arguments) {
        return Shell.must(Stream.concat(Stream.of("ovs-vsctl", "--timeout=20", "--db=" + ovs), Stream.of(arguments))
                .toArray(String[]::new));
    }

    private static Optional<String> variable(int number) {
        return value(NEEDED.get(number));
    }

    static Optional<String> value(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(text -> !text.isBlank());
    }
}
