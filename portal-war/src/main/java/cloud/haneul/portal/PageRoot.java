package cloud.haneul.portal;

import jakarta.faces.component.UIViewRoot;
import jakarta.faces.context.FacesContext;
import java.util.HashMap;
import java.util.Map;

/**
 * The root of every page. Where nobody has a session what is noted about the page ends with the request: Faces would make a session
 * to keep it, and whoever comes could have the server keep as many as he likes.
 */
public class PageRoot extends UIViewRoot {
    private Map<String, Object> passing;

    @Override
    public Map<String, Object> getViewMap(boolean create) {
        if (FacesContext.getCurrentInstance().getExternalContext().getSession(false) != null) {
            return super.getViewMap(create);
        }
        if (passing == null && create) {
            passing = new HashMap<>();
        }
        return passing;
    }
}
