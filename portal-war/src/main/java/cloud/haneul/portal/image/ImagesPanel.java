package cloud.haneul.portal.image;

import cloud.haneul.image.Image;
import cloud.haneul.image.ImageDraft;
import cloud.haneul.image.ImageFilter;
import cloud.haneul.image.Images;
import cloud.haneul.kernel.Caller;
import cloud.haneul.portal.ResourcePanel;
import cloud.haneul.portal.RowAction;
import cloud.haneul.portal.Sift;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import org.primefaces.PrimeFaces;

/**
 * Project &gt; Images: the project's own and those for all. A new image is first a record, made by the form; its data then goes
 * from the browser straight to {@link ImageUpload}, with progress.
 */
@Named("images")
@ViewScoped
public class ImagesPanel extends ResourcePanel<Image> {
    private static final long serialVersionUID = 1L;
    /** What inspection knows and a person may mean; the others are for machines. */
    private static final List<String> FORMATS = List.of("qcow2", "raw", "iso", "vmdk", "vdi", "vhd");

    @Inject
    private transient Images images;

    public ImagesPanel() {
        super("images", "image", Image::id, Image::name);
        form.with("diskFormat", "qcow2").with("visibility", "PRIVATE");
    }

    @Override
    protected List<Image> load(Caller caller, Query query) {
        return Sift.whole(
                query,
                page -> images.list(caller, ImageFilter.none(), page),
                this::id,
                this::name,
                image -> isOwn(caller, image) || image.visibility() == Image.Visibility.PUBLIC);
    }

    private static boolean isOwn(Caller caller, Image image) {
        return caller.projectId().equals(Optional.of(image.owner()));
    }

    @Override
    public String name(Image row) {
        return row.name().isEmpty() ? id(row) : row.name();
    }

    @Override
    protected List<RowAction<Image>> offers() {
        return List.of(
                RowAction.<Image>link("launch", "pi-play", row -> "launch.xhtml?image=" + id(row))
                        .when(row -> row.state() == Image.Status.ACTIVE),
                RowAction.<Image>deletes((c, row) -> images.delete(c, row.id()))
                        .when(row -> !row.isProtected() && (isOwn(me.caller(), row) || me.isAdmin())));
    }

    public String tone(Image row) {
        return switch (row.state()) {
            case ACTIVE -> "ok";
            case SAVING -> "busy";
            case QUEUED -> "warn";
            case DEACTIVATED -> "idle";
        };
    }

    /** Makes the record and has the browser send the file it holds. */
    public void create() {
        notices.attempt(() -> {
            Image image = images.create(
                    me.caller(),
                    Optional.empty(),
                    ImageDraft.of(form.text("name"), form.text("diskFormat"))
                            .visibleTo(Image.Visibility.valueOf(form.text("visibility"))));
            PrimeFaces.current().executeScript("haneulUpload('" + image.id() + "')");
            form.reset();
        });
    }

    public List<String> getFormats() {
        return FORMATS;
    }
}
