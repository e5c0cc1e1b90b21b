package cloud.haneul.portal;

import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import jakarta.faces.context.FacesContext;
import java.util.UUID;

/** What the address of a page names: {@code router.xhtml?id=...}. For the fields of view scoped beans, which keep it. */
public final class Requested {
    private Requested() {}

    /** @throws Fault NOT_FOUND when the address names none, which becomes the page that says so */
    public static UUID id(String what) {
        String text = text("id");
        return Ids.parse(text).orElseThrow(() -> Fault.notFound(what, text));
    }

    /** Empty when it is not there. */
    public static String text(String name) {
        return FacesContext.getCurrentInstance()
                .getExternalContext()
                .getRequestParameterMap()
                .getOrDefault(name, "");
    }
}
