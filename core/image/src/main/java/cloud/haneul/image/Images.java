package cloud.haneul.image;

import cloud.haneul.image.Image.Visibility;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.Node;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Batches;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.event.Audit;
import cloud.haneul.kernel.event.Events;
import cloud.haneul.kernel.event.ResourceEvent;
import cloud.haneul.kernel.quota.Quotas;
import cloud.haneul.spi.compute.ImageSource;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.InputStream;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The use cases of images. */
@Component
public class Images {
    private final Database database;
    private final ImageStore store;
    private final Access access;
    private final Quotas quotas;
    private final Audit audit;
    private final Events events;
    private final Node node;
    private final Clock clock;

    @Inject
    Images(
            Database database,
            ImageStore store,
            Access access,
            Quotas quotas,
            Audit audit,
            Events events,
            Node node,
            Clock clock) {
        this.database = database;
        this.store = store;
        this.access = access;
        this.quotas = quotas;
        this.audit = audit;
        this.events = events;
        this.node = node;
        this.clock = clock;
    }

    /**
     * Makes an image's record; its data comes by {@link #upload}.
     *
     * @param id the caller's choice, if any
     * @throws Fault CONFLICT when the id is taken, OVER_QUOTA
     */
    public Image create(Caller caller, Optional<UUID> id, ImageDraft draft) {
        String owner = caller.project();
        access.require(caller, "add_image", Map.of("project_id", owner, "owner", owner));
        requireVisibility(caller, owner, draft.visibility());
        try {
            return database.write(em -> {
                quotas.reserve(owner, Map.of("image_count_total", 1L));
                Image image = new Image(id.orElseGet(Ids::newId), owner, draft, clock.instant());
                em.persist(image);
                em.flush();
                audit.success(caller, "add_image", "image", image.id(), image.name());
                changed(image, "created");
                return image;
            });
        } catch (Database.DuplicateKey e) {
            throw Fault.conflict("Image ID " + id.orElseThrow() + " already exists!")
                    .cause(e);
        }
    }

    /**
     * Takes in the data of a queued image, streaming it to the disk and inspecting it there.
     *
     * @param size announced by the client; what comes must be as much
     * @throws Fault CONFLICT when the image is not queued, BAD_REQUEST or TOO_LARGE for data that is refused; it is queued then
     */
    public Image upload(Caller caller, UUID id, InputStream data, OptionalLong size) {
        Image begun = change(caller, id, "upload_image", image -> {
            image.beginUpload(node.name(), clock.instant());
        });
        boolean done = false;
        try {
            ImageFile file = store.save(id, begun.diskFormat(), data);
            if (size.isPresent() && size.getAsLong() != file.size()) {
                store.remove(id);
                throw Fault.badRequest(
                        "The upload broke off: " + file.size() + " of " + size.getAsLong() + " bytes came.");
            }
            Image image = database.writeRetrying(em -> {
                Image row = em.find(Image.class, id);
                if (row == null) {
                    throw Fault.of(Fault.Kind.GONE, "The image was deleted during the upload.");
                }
                row.uploaded(file, clock.instant());
                changed(row, "uploaded");
                return row;
            });
            done = true;
            return image;
        } finally {
            if (!done) {
                store.remove(id);
                database.writeRetrying(em -> {
                    Optional.ofNullable(em.find(Image.class, id)).ifPresent(row -> {
                        row.uploadFailed(clock.instant());
                        changed(row, "upload-failed");
                    });
                    return null;
                });
            }
        }
    }

    /** @throws Fault NOT_FOUND, CONFLICT while there is no data, FORBIDDEN when deactivated */
    public ImageData download(Caller caller, UUID id) {
        Image image = show(caller, id);
        access.require(caller, "download_image", target(image));
        if (image.state() == Image.Status.DEACTIVATED && !caller.isAdmin()) {
            throw Fault.forbidden("The requested image has been deactivated. Image data download is forbidden.");
        }
        return new ImageData(image, store.path(id));
    }

    /** An image with the file that holds its data; empty data for an image that is not active. */
    public record ImageData(Image image, java.nio.file.Path file) {
        public boolean isThere() {
            return image.size().isPresent();
        }
    }

    /** Images the caller may see, newest first unless sorted otherwise. */
    public List<Image> list(Caller caller, ImageFilter filter, Page page) {
        access.require(
                caller, "get_images", Map.of("project_id", caller.projectId().orElse("")));
        return database.read(em -> ImageQuery.run(em, caller, filter, page));
    }

    public Image show(Caller caller, UUID id) {
        return database.read(em -> find(em, caller, id));
    }

    public Image update(Caller caller, UUID id, UnaryOperator<ImageDraft> edit) {
        return change(caller, id, "modify_image", image -> {
            ImageDraft draft = edit.apply(image.draft());
            if (draft.visibility() != image.visibility()) {
                requireVisibility(caller, image.owner(), draft.visibility());
            }
            image.change(draft, clock.instant());
        });
    }

    public void addTag(Caller caller, UUID id, String tag) {
        update(caller, id, draft -> withTags(draft, tag, true));
    }

    public void removeTag(Caller caller, UUID id, String tag) {
        update(caller, id, draft -> {
            if (!draft.tags().contains(tag)) {
                throw Fault.notFound("Tag", tag);
            }
            return withTags(draft, tag, false);
        });
    }

    private static ImageDraft withTags(ImageDraft d, String tag, boolean add) {
        Set<String> tags = new TreeSet<>(d.tags());
        if (add) {
            tags.add(tag);
        } else {
            tags.remove(tag);
        }
        return new ImageDraft(
                d.name(),
                d.visibility(),
                d.diskFormat(),
                d.containerFormat(),
                d.minDiskGib(),
                d.minRamMib(),
                d.isProtected(),
                d.hidden(),
                d.properties(),
                tags);
    }

    public void deactivate(Caller caller, UUID id) {
        change(caller, id, "deactivate", image -> image.deactivate(clock.instant()));
    }

    public void reactivate(Caller caller, UUID id) {
        change(caller, id, "reactivate", image -> image.reactivate(clock.instant()));
    }

    /** @throws Fault FORBIDDEN while the image is protected */
    public void delete(Caller caller, UUID id) {
        database.run(em -> {
            Image image = find(em, caller, id);
            access.require(caller, "delete_image", target(image));
            if (image.isProtected()) {
                throw Fault.forbidden("Image " + id + " is protected and cannot be deleted.");
            }
            em.remove(image);
            quotas.release(image.owner(), Map.of("image_count_total", 1L));
            audit.success(caller, "delete_image", "image", id, image.name());
            changed(image, "deleted");
            // the row is the truth: a file without one is swept at the next start
            database.afterCommit(() -> store.remove(id));
        });
    }

    // ---- for compute

    /**
     * What compute needs of an image to boot from it.
     *
     * @throws Fault NOT_FOUND as BAD_REQUEST, naming the image; BAD_REQUEST when it is not active
     */
    public BootImage forBoot(Caller caller, UUID id) {
        Image image;
        try {
            image = show(caller, id);
        } catch (Fault notFound) {
            throw Fault.badRequest("imageRef", "Image " + id + " could not be found.")
                    .cause(notFound);
        }
        if (image.state() != Image.Status.ACTIVE) {
            throw Fault.badRequest("imageRef", "Image " + id + " is not active.");
        }
        return new BootImage(
                id,
                image.name(),
                image.diskFormat(),
                image.size().orElseThrow(),
                image.virtualSize().orElseThrow(),
                image.sha512().orElseThrow(),
                image.minDiskGib(),
                image.minRamMib(),
                image.properties());
    }

    /** An image's data for drivers; access was checked when the work was accepted. */
    public ImageSource source(UUID id) {
        Image image = database.read(em -> em.find(Image.class, id));
        if (image == null || image.sha512().isEmpty()) {
            throw Fault.notFound("Image", id);
        }
        return new StoredImage(
                id,
                image.diskFormat(),
                image.sha512().get(),
                image.size().orElseThrow(),
                image.virtualSize().orElseThrow(),
                store);
    }

    private record StoredImage(UUID id, String format, String sha512, long size, long virtualSize, ImageStore store)
            implements ImageSource {
        @Override
        public InputStream open() {
            return store.open(id);
        }
    }

    /** Names by id, for lists; deleted images are left out. */
    public Map<UUID, String> names(Collection<UUID> ids) {
        return database
                .read(em -> Batches.read(Set.copyOf(ids), some -> em.createQuery(
                                "select i.id, i.name from Image i where i.id in :ids", Object[].class)
                        .setParameter("ids", some)
                        .getResultList()))
                .stream()
                .collect(Collectors.toMap(row -> (UUID) row[0], row -> (String) row[1]));
    }

    // ---- inside

    private Image change(Caller caller, UUID id, String rule, java.util.function.Consumer<Image> change) {
        return database.writeRetrying(em -> {
            Image image = find(em, caller, id);
            access.require(caller, rule, target(image));
            change.accept(image);
            changed(image, "updated");
            return image;
        });
    }

    private void requireVisibility(Caller caller, String owner, Visibility visibility) {
        if (visibility == Visibility.PUBLIC) {
            access.require(caller, "publicize_image", Map.of("project_id", owner, "owner", owner));
        } else if (visibility == Visibility.COMMUNITY) {
            access.require(caller, "communitize_image", Map.of("project_id", owner, "owner", owner));
        }
    }

    private Image find(EntityManager em, Caller caller, UUID id) {
        Image image = em.find(Image.class, id);
        boolean seen = image != null
                && access.allowed(caller, "get_image", target(image))
                // the rule lets everybody see shared images, for it knows no members: only the owner does
                && (caller.isAdmin()
                        || image.visibility() == Visibility.PUBLIC
                        || image.visibility() == Visibility.COMMUNITY
                        || caller.projectId().equals(Optional.of(image.owner())));
        if (!seen) {
            throw Fault.notFound("Image", id);
        }
        return image;
    }

    static Map<String, Object> target(Image image) {
        Map<String, Object> target = new HashMap<>();
        target.put("project_id", image.owner());
        target.put("owner", image.owner());
        target.put("visibility", image.visibility().name().toLowerCase(java.util.Locale.ROOT));
        return target;
    }

    private void changed(Image image, String what) {
        events.publish(new ResourceEvent("image", image.id().toString(), Optional.of(image.owner()), what));
    }
}
