package cloud.haneul.compute;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.Optional;

/** What was asked for with a server and is never changed afterwards: where it is to be, and what its guest finds in it. */
@Embeddable
public class ServerOrder {
    @Column(name = "reservation_id")
    private String reservationId;

    @Column(name = "launch_index")
    private int launchIndex;

    @Column(name = "asked_zone")
    private String zone;

    @Column(name = "asked_host")
    private String host;

    @Column(name = "disk_config")
    private String diskConfig;

    @Column(name = "config_drive")
    private boolean configDrive;

    @Column(name = "key_name")
    private String keyName;

    @Column(name = "public_key")
    private String publicKey;

    @Column(name = "user_data")
    private String userData;

    @Column(name = "admin_password")
    private String adminPassword;

    protected ServerOrder() {}

    /** @param sealedPassword the guest's password, encrypted */
    ServerOrder(NewServer asked, String reservationId, int index, Optional<KeyPair> key, String sealedPassword) {
        this.reservationId = reservationId;
        this.launchIndex = index;
        this.zone = asked.zone().orElse(null);
        this.host = asked.host().orElse(null);
        this.diskConfig = asked.diskConfig();
        this.configDrive = asked.configDrive();
        this.keyName = key.map(KeyPair::name).orElse(null);
        this.publicKey = key.map(KeyPair::publicKey).orElse(null);
        this.userData = asked.userData().orElse(null);
        this.adminPassword = sealedPassword;
    }

    /** Which request made it; servers of one request have the same. */
    public String reservationId() {
        return reservationId;
    }

    /** From 0 within its reservation. */
    public int launchIndex() {
        return launchIndex;
    }

    public Optional<String> zone() {
        return Optional.ofNullable(zone);
    }

    public Optional<String> host() {
        return Optional.ofNullable(host);
    }

    public String diskConfig() {
        return diskConfig;
    }

    public boolean configDrive() {
        return configDrive;
    }

    public Optional<String> keyName() {
        return Optional.ofNullable(keyName);
    }

    public Optional<String> publicKey() {
        return Optional.ofNullable(publicKey);
    }

    /** Base64, as it came. */
    public Optional<String> userData() {
        return Optional.ofNullable(userData);
    }

    Optional<String> sealedAdminPassword() {
        return Optional.ofNullable(adminPassword);
    }
}
