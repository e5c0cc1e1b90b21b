package cloud.haneul.tck;

/**
 * All that a network driver promises, as tests. See {@link DriverContract} for how a test class uses it and
 * {@link NetworkUnderTest} for what it can adjust.
 */
public interface NetworkDriverContract extends SwitchingContract, PortContract, RoutingContract {}
