package cloud.haneul.driver.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.spi.compute.DomainState;
import cloud.haneul.spi.compute.Hypervisor;
import cloud.haneul.spi.compute.PowerAction;
import cloud.haneul.spi.compute.PowerState;
import cloud.haneul.spi.network.NetworkDriver;
import cloud.haneul.spi.network.NetworkSpec;
import cloud.haneul.spi.network.PortState;
import cloud.haneul.tck.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A controller that is killed finds the outside world as it left it. */
class SurvivalTest {
    @TempDir
    Path folder;

    /** The controller that dies: builds a network, a port and a running server with that port, and is killed by itself. */
    static final class Doomed {
        private Doomed() {}

        public static void main(String[] arguments) {
            Lab lab = new Lab(Path.of(arguments[0]));
            NetworkDriver network = lab.network();
            NetworkSpec spec = Topology.network(UUID.fromString(Lab.NETWORK), "geneve", Topology.subnet(1));
            network.ensureNetwork(spec);
            UUID server = Lab.running(lab.host());
            network.ensurePort(Topology.port(server, spec, 1, 10, Set.of()));
            System.out.println(server);
            System.out.flush();
            ProcessHandle.of(ProcessHandle.current().pid())
                    .ifPresent(self -> Runtime.getRuntime().halt(137));
        }
    }

    @Test
    void whatWasBuiltOutlivesAKilledController() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Doomed.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        UUID server;
        try (java.io.BufferedReader reader = process.inputReader()) {
            server = UUID.fromString(reader.readLine());
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(137);

        Lab lab = new Lab(folder);
        // the network first: the server runs although nobody has asked its host yet
        NetworkDriver network = lab.network();
        assertThat(network.observePort(server)).contains(new PortState(server, true, Optional.of("sim-0001")));
        Hypervisor host = lab.host();
        assertThat(host.observeAll()).containsExactly(new DomainState(server, PowerState.RUNNING));
        assertThat(host.serversWithDisks()).containsExactly(server);
        host.define(Lab.domain(server));
        host.power(server, PowerAction.FORCE_OFF, Duration.ZERO, UUID.randomUUID());
        assertThat(network.observePort(server)).contains(new PortState(server, false, Optional.empty()));
    }
}
