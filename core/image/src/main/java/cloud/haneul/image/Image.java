package cloud.haneul.image;

import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.data.Json;
import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A disk image: first a record (queued), then being uploaded (saving), then data and record for ever the same (active). An upload
 * that fails or is cut off leaves it queued, to be tried again.
 */
@Entity
@Table(name = "image_image")
public class Image {
    /** Life of an image; the names in lower case are the API's. */
    public enum Status {
        QUEUED,
        SAVING,
        ACTIVE,
        DEACTIVATED
    }

    /** Who sees an image. */
    public enum Visibility {
        PUBLIC,
        COMMUNITY,
        SHARED,
        PRIVATE
    }

    @Id
    private UUID id;

    private String owner;
    private String name;

    @Enumerated(EnumType.STRING)
    private Status status;

    @Enumerated(EnumType.STRING)
    private Visibility visibility;

    @Column(name = "disk_format")
    private String diskFormat;

    @Column(name = "container_format")
    private String containerFormat;

    @Column(name = "size_bytes")
    private Long size;

    @Column(name = "virtual_size")
    private Long virtualSize;

    private String checksum;
    private String sha512;

    @Column(name = "min_disk_gib")
    private long minDiskGib;

    @Column(name = "min_ram_mib")
    private long minRamMib;

    @Column(name = "protected")
    private boolean isProtected;

    private boolean hidden;
    private String properties;
    private String tags;
    private String node;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @Version
    private long version;

    protected Image() {}

    Image(UUID id, String owner, ImageDraft draft, Instant now) {
        this.id = id;
        this.owner = owner;
        this.status = Status.QUEUED;
        this.node = "";
        this.createdAt = now;
        change(draft, now);
    }

    void change(ImageDraft draft, Instant now) {
        if (status != Status.QUEUED
                && (!draft.diskFormat().equals(diskFormat)
                        || !draft.containerFormat().equals(containerFormat))) {
            throw Fault.forbidden("Attribute container_format or disk_format can be only replaced for a queued image.");
        }
        name = draft.name();
        visibility = draft.visibility();
        diskFormat = draft.diskFormat();
        containerFormat = draft.containerFormat();
        minDiskGib = draft.minDiskGib();
        minRamMib = draft.minRamMib();
        isProtected = draft.isProtected();
        hidden = draft.hidden();
        properties = Json.write(new TreeMap<>(draft.properties()));
        tags = Json.write(new TreeSet<>(draft.tags()));
        updatedAt = now;
    }

    /** @param byNode the controller that receives the data, so that it finds its broken uploads after a crash */
    void beginUpload(String byNode, Instant now) {
        if (status != Status.QUEUED) {
            throw Fault.conflict("Image status transition from " + status() + " to saving is not allowed");
        }
        if (diskFormat.isEmpty() || containerFormat.isEmpty()) {
            throw Fault.badRequest(
                    "disk_format", "Properties disk_format and container_format must be set prior to saving data.");
        }
        status = Status.SAVING;
        node = byNode;
        updatedAt = now;
    }

    void uploaded(ImageFile file, Instant now) {
        status = Status.ACTIVE;
        size = file.size();
        virtualSize = file.virtualSize();
        checksum = file.md5();
        sha512 = file.sha512();
        node = "";
        updatedAt = now;
    }

    void uploadFailed(Instant now) {
        if (status == Status.SAVING) {
            status = Status.QUEUED;
            node = "";
            updatedAt = now;
        }
    }

    void deactivate(Instant now) {
        if (status != Status.ACTIVE && status != Status.DEACTIVATED) {
            throw Fault.forbidden("Not allowed to deactivate image in status '" + status() + "'");
        }
        status = Status.DEACTIVATED;
        updatedAt = now;
    }

    void reactivate(Instant now) {
        if (status != Status.ACTIVE && status != Status.DEACTIVATED) {
            throw Fault.forbidden("Not allowed to reactivate image in status '" + status() + "'");
        }
        status = Status.ACTIVE;
        updatedAt = now;
    }

    void tag(Set<String> names, Instant now) {
        tags = Json.write(new TreeSet<>(names));
        updatedAt = now;
    }

    public UUID id() {
        return id;
    }

    /** Project. */
    public String owner() {
        return owner;
    }

    public String name() {
        return name;
    }

    public Status state() {
        return status;
    }

    /** The API's word. */
    public String status() {
        return status.name().toLowerCase(java.util.Locale.ROOT);
    }

    public Visibility visibility() {
        return visibility;
    }

    /** Empty until set. */
    public String diskFormat() {
        return diskFormat;
    }

    public String containerFormat() {
        return containerFormat;
    }

    /** Bytes of data, once there. */
    public OptionalLong size() {
        return size == null ? OptionalLong.empty() : OptionalLong.of(size);
    }

    /** Bytes of the disk a guest sees. */
    public OptionalLong virtualSize() {
        return virtualSize == null ? OptionalLong.empty() : OptionalLong.of(virtualSize);
    }

    /** MD5 in hexadecimal. */
    public Optional<String> checksum() {
        return Optional.ofNullable(checksum);
    }

    public Optional<String> sha512() {
        return Optional.ofNullable(sha512);
    }

    public long minDiskGib() {
        return minDiskGib;
    }

    public long minRamMib() {
        return minRamMib;
    }

    public boolean isProtected() {
        return isProtected;
    }

    public boolean isHidden() {
        return hidden;
    }

    public Map<String, String> properties() {
        return Json.read(properties, new TypeReference<TreeMap<String, String>>() {});
    }

    public Set<String> tags() {
        return Json.read(tags, new TypeReference<TreeSet<String>>() {});
    }

    String node() {
        return node;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    /** What of it can be changed, as it is now. */
    public ImageDraft draft() {
        return new ImageDraft(
                name,
                visibility,
                diskFormat,
                containerFormat,
                minDiskGib,
                minRamMib,
                isProtected,
                hidden,
                properties(),
                tags());
    }
}
