package cloud.haneul.tck;

/**
 * All that a hypervisor driver promises, as tests. See {@link DriverContract} for how a test class uses it and
 * {@link HypervisorUnderTest} for what it can adjust: images, time-outs, how NICs are plugged.
 */
public interface HypervisorContract extends DiskContract, DomainContract, PowerContract, ConsoleContract {}
