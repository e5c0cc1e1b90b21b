package cloud.haneul.driver.ovn;

import cloud.haneul.spi.compute.VifAttachment;
import cloud.haneul.spi.network.NetworkDriver;
import cloud.haneul.tck.NetworkDriverContract;
import cloud.haneul.tck.TckContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What every network driver promises, on a real OVN. */
class OvnNetworkDriverTest implements NetworkDriverContract {
    @TempDir
    Path folder;

    private OvnMachine machine;
    private NetworkDriver driver;
    private final Map<UUID, Guest> guests = new HashMap<>();

    @BeforeEach
    void open() {
        machine = OvnMachine.get();
        driver = TckContext.in(folder).open(new OvnFactory(), machine.properties());
    }

    @Override
    @AfterEach
    public void leaveTheBackEndEmpty() {
        guests.values().forEach(Guest::close);
        try {
            NetworkDriverContract.super.leaveTheBackEndEmpty();
            NorthboundRows.assertNoneOf(machine, "tck");
        } finally {
            driver.close();
        }
    }

    @Override
    public NetworkDriver driver() {
        return driver;
    }

    @Override
    public void reopen() {
        driver.close();
        open();
    }

    @Override
    public String networkHost() {
        return OvnMachine.CHASSIS;
    }

    @Override
    public Class<? extends VifAttachment> attachmentType() {
        return VifAttachment.OvsPort.class;
    }

    @Override
    public Optional<Plug> plug() {
        return Optional.of(new Plug() {
            @Override
            public void in(UUID port, String mac, VifAttachment attachment) {
                guests.put(port, Guest.plugIn(machine, port, mac));
            }

            @Override
            public void out(UUID port, VifAttachment attachment) {
                guests.remove(port).close();
            }
        });
    }
}
