package cloud.haneul.driver.simulator;

/** A host whose disks and guests take their time keeps the contract too. */
class SlowHypervisorTest extends SimulatedHypervisorTest {
    @Override
    String delay() {
        return "PT0.1S";
    }
}
