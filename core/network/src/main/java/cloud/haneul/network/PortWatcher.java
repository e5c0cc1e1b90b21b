package cloud.haneul.network;

/**
 * A service that shows ports with the devices they belong to, as compute does with servers. Told of everything such a view can
 * contain: ports that come and go, their addresses (floating ones too) and MACs, the names of their networks and security groups.
 */
public interface PortWatcher {
    /**
     * Called in the transaction that changes the ports, once or several times for one device; it must be quick.
     *
     * @param device the ports' {@code device_id}, whatever users wrote there; their owner begins with {@code compute:}
     */
    void portsChanged(String device);
}
