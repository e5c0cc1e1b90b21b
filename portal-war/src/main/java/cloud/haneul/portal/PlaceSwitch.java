package cloud.haneul.portal;

import cloud.haneul.identity.Places;
import cloud.haneul.identity.Places.Place;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.List;

/** The menu in the frame of every page by which people change places; who has many of them types a part of a name. */
@Named("placeSwitch")
@RequestScoped
public class PlaceSwitch {
    private static final int SHOWN = 20;

    @Inject
    private Me me;

    @Inject
    private Places places;

    private List<Place> found;

    private List<Place> found() {
        if (found == null) {
            found = places.find(me.caller(), Requested.text("hn-place-search").strip(), SHOWN + 1);
        }
        return found;
    }

    public List<Place> getPlaces() {
        return found().stream().limit(SHOWN).toList();
    }

    /** Whether there are more than are shown. */
    public boolean isMany() {
        return found().size() > SHOWN;
    }

    public boolean isNone() {
        return found().isEmpty();
    }

    /** What was typed says which ones are shown; nothing else is done. */
    public void search() {
        found = null;
    }

    /** The parameter {@code hn-place} says where to. */
    public void enter() throws IOException {
        me.enter(Requested.text("hn-place"));
    }
}
