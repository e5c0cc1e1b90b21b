package cloud.haneul.portal.compute;

import cloud.haneul.compute.Flavor;
import cloud.haneul.compute.Flavors;
import cloud.haneul.compute.KeyPair;
import cloud.haneul.compute.KeyPairs;
import cloud.haneul.compute.NewServer;
import cloud.haneul.compute.Server;
import cloud.haneul.compute.Servers;
import cloud.haneul.image.Image;
import cloud.haneul.image.ImageFilter;
import cloud.haneul.image.Images;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.network.ListQuery;
import cloud.haneul.network.Network;
import cloud.haneul.network.Networks;
import cloud.haneul.network.SecurityGroup;
import cloud.haneul.network.SecurityGroups;
import cloud.haneul.network.ServerPorts;
import cloud.haneul.portal.Me;
import cloud.haneul.portal.Notices;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The form that launches instances. Its choices are plain inputs whose values are what the browser sent: {@link #is} tells what is
 * chosen, whether by the person, by the address ({@code launch.xhtml?image=...}) or, at first, because there is only one.
 */
@Named("launch")
@RequestScoped
public class LaunchPage {
    @Inject
    private Me me;

    @Inject
    private Notices notices;

    @Inject
    private Servers servers;

    @Inject
    private Images images;

    @Inject
    private Flavors flavors;

    @Inject
    private KeyPairs keyPairs;

    @Inject
    private Networks networks;

    @Inject
    private SecurityGroups securityGroups;

    private List<Image> imageList;
    private List<Flavor> flavorList;
    private List<Network> networkList;
    private List<SecurityGroup> groupList;
    private List<KeyPair> keyList;

    /** Makes the instances and leads to the list, which shows them come up. */
    public void submit() throws IOException {
        try {
            List<Server> made = servers.create(me.caller(), asked());
            notices.done("launch.done", made.size(), made.get(0).name());
            notices.keep();
            FacesContext.getCurrentInstance().getExternalContext().redirect("instances.xhtml");
        } catch (RuntimeException e) {
            notices.failed(e);
        }
    }

    private NewServer asked() {
        UUID image = Ids.parse(value("image")).orElseThrow(() -> notices.wrong("image", "launch.imageMissing"));
        String flavor = Optional.of(value("flavor"))
                .filter(id -> !id.isEmpty())
                .orElseThrow(() -> notices.wrong("flavor", "launch.flavorMissing"));
        List<ServerPorts.Wanted> wanted = values("network").stream()
                .flatMap(id -> Ids.parse(id).stream())
                .map(id -> new ServerPorts.Wanted(Optional.of(id), Optional.empty(), Optional.empty()))
                .toList();
        String config = value("config").equals("raw") ? value("raw") : firstStart();
        int count = count();
        return new NewServer(
                value("name").strip(),
                Optional.empty(),
                Optional.of(value("description").strip()).filter(text -> !text.isEmpty()),
                image,
                flavor,
                Optional.of(value("key")).filter(name -> !name.isEmpty()),
                wanted,
                false,
                values("group"),
                Map.of(),
                Set.of(),
                Optional.of(config).filter(text -> !text.isBlank()).map(text -> Base64.getEncoder()
                        .encodeToString(text.getBytes(StandardCharsets.UTF_8))),
                Optional.empty(),
                true,
                Optional.empty(),
                Optional.empty(),
                "MANUAL",
                "",
                "",
                count,
                count);
    }

    private String firstStart() {
        String user = value("user").strip();
        if (!user.isEmpty() && !CloudInit.USER.matcher(user).matches()) {
            throw notices.wrong("user", "launch.userWrong");
        }
        return CloudInit.of(user, value("userPassword"), value("userKey").strip());
    }

    private int count() {
        try {
            return Integer.parseInt(value("count").isEmpty() ? "1" : value("count"));
        } catch (NumberFormatException e) {
            throw notices.wrong("count", "launch.countWrong").cause(e);
        }
    }

    // ---- what is there to choose

    public List<Image> getImages() {
        if (imageList == null) {
            ImageFilter active = new ImageFilter(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("active"),
                    Optional.empty(),
                    Optional.empty(),
                    Set.of(),
                    false);
            imageList = images.list(me.caller(), active, Page.all());
        }
        return imageList;
    }

    public List<Flavor> getFlavors() {
        if (flavorList == null) {
            flavorList = flavors.list(me.caller(), Optional.of(true), 0, 0, Page.all());
        }
        return flavorList;
    }

    /** Those an instance can be plugged into: with a subnet, and not for floating addresses alone. */
    public List<Network> getNetworks() {
        if (networkList == null) {
            networkList = networks.list(me.caller(), ListQuery.all()).stream()
                    .filter(network -> !network.subnets().isEmpty())
                    .filter(network -> network.projectId().equals(me.getPlaceId()) || network.shared())
                    .sorted(java.util.Comparator.comparing(Network::external).thenComparing(Network::name))
                    .toList();
        }
        return networkList;
    }

    public List<SecurityGroup> getGroups() {
        if (groupList == null) {
            groupList = securityGroups.list(me.caller(), ListQuery.where("project_id", me.getPlaceId()));
        }
        return groupList;
    }

    public List<KeyPair> getKeys() {
        if (keyList == null) {
            keyList = keyPairs.list(me.caller(), me.getUserId(), Page.all());
        }
        return keyList;
    }

    // ---- what is chosen

    public String value(String field) {
        return FacesContext.getCurrentInstance()
                .getExternalContext()
                .getRequestParameterMap()
                .getOrDefault(field, "");
    }

    private static List<String> values(String field) {
        String[] all = FacesContext.getCurrentInstance()
                .getExternalContext()
                .getRequestParameterValuesMap()
                .get(field);
        return all == null ? List.of() : List.of(all);
    }

    /** Whether a choice is to be shown as taken; {@code usual} is what is taken before anybody chose. */
    public boolean is(String field, String choice, boolean usual) {
        List<String> chosen = values(field);
        return chosen.isEmpty() && !FacesContext.getCurrentInstance().isPostback() ? usual : chosen.contains(choice);
    }
}
