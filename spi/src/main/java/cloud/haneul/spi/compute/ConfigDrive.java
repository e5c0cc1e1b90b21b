package cloud.haneul.spi.compute;

/** A finished config drive image; small, hence held in memory. */
public record ConfigDrive(byte[] iso) {
    @Override
    public String toString() {
        // may hold passwords
        return "ConfigDrive[" + iso.length + " bytes]";
    }
}
