package cloud.haneul.portal.wiring;

import cloud.haneul.compute.Flavors;
import cloud.haneul.compute.Host;
import cloud.haneul.compute.Hosts;
import cloud.haneul.compute.NewFlavor;
import cloud.haneul.compute.NewHost;
import cloud.haneul.identity.Assignments;
import cloud.haneul.identity.Grant;
import cloud.haneul.identity.IdentityBootstrap;
import cloud.haneul.identity.NewProject;
import cloud.haneul.identity.NewUser;
import cloud.haneul.identity.Project;
import cloud.haneul.identity.ProjectFilter;
import cloud.haneul.identity.Projects;
import cloud.haneul.identity.Role;
import cloud.haneul.identity.Roles;
import cloud.haneul.identity.User;
import cloud.haneul.identity.UserFilter;
import cloud.haneul.identity.Users;
import cloud.haneul.image.Image;
import cloud.haneul.image.ImageDraft;
import cloud.haneul.image.ImageFilter;
import cloud.haneul.image.Images;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.Setting;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.network.ListQuery;
import cloud.haneul.network.Network;
import cloud.haneul.network.NetworkRequest;
import cloud.haneul.network.Networks;
import cloud.haneul.network.RouterRequest;
import cloud.haneul.network.Routers;
import cloud.haneul.network.SubnetRequest;
import cloud.haneul.network.Subnets;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * What a newcomer finds: sizes, a public image, a host, a public network, and project {@code demo} with its user, private network
 * and router. Each step looks first whether its thing is there, so it can be repeated after a crash, and what was changed or
 * deleted by hand afterwards is not made again once the cloud was ready.
 */
@Component
class FirstCloud {
    static final Setting<Boolean> WANTED = Setting.flag(
            "haneul.first-cloud",
            false,
            "Whether to prepare a first cloud at the first start: host, image, networks, project demo.");
    static final Setting<String> IMAGE = Setting.text(
            "haneul.first-cloud.image",
            "",
            "File of a bootable image for the first cloud: raw when its name ends so, else qcow2.");
    static final Setting<String> HOST = Setting.text(
            "haneul.first-cloud.host",
            "",
            "URI of the first hypervisor, such as qemu:///system or simulator:?hosts=3.");
    static final Setting<String> PUBLIC_CIDR =
            Setting.text("haneul.first-cloud.public-cidr", "172.24.4.0/24", "Addresses of the public network.");
    static final Setting<String> PUBLIC_GATEWAY =
            Setting.text("haneul.first-cloud.public-gateway", "172.24.4.1", "The way out of the public network.");
    static final Setting<String> PHYSICAL_NETWORK = Setting.text(
            "haneul.first-cloud.physical-network",
            "",
            "Name of the physical network the public one is on; empty for none.");
    private static final String DEMO = "demo";

    private final Projects projects;
    private final Users users;
    private final Roles roles;
    private final Assignments assignments;
    private final IdentityBootstrap identity;
    private final Flavors flavors;
    private final Images images;
    private final Hosts hosts;
    private final Networks networks;
    private final Subnets subnets;
    private final Routers routers;

    @Inject
    FirstCloud(
            Projects projects,
            Users users,
            Roles roles,
            Assignments assignments,
            IdentityBootstrap identity,
            Flavors flavors,
            Images images,
            Hosts hosts,
            Networks networks,
            Subnets subnets,
            Routers routers) {
        this.projects = projects;
        this.users = users;
        this.roles = roles;
        this.assignments = assignments;
        this.identity = identity;
        this.flavors = flavors;
        this.images = images;
        this.hosts = hosts;
        this.networks = networks;
        this.subnets = subnets;
        this.routers = routers;
    }

    /** One thing to be prepared. */
    record Part(String name, Runnable work) {}

    List<Part> parts() {
        Caller system = Caller.inner("first cloud");
        return List.of(
                new Part("host", () -> host(system)),
                new Part("flavors", () -> flavors(system)),
                new Part("image", () -> image(inProject(system, "admin"))),
                new Part("public network", () -> publicNetwork(inProject(system, "admin"))),
                new Part("project demo", () -> demo(system)),
                new Part("private network", () -> privateNetwork(inProject(system, DEMO))));
    }

    private void host(Caller caller) {
        if (HOST.get().isEmpty() || !hosts.list(caller, Page.first(1)).isEmpty()) {
            return;
        }
        hosts.add(caller, NewHost.of(HOST.get()));
    }

    /** Whether the first host answers, with why not; empty as long as it is being connected. */
    Optional<String> hostProblem() {
        List<Hosts.HostUse> all = hosts.list(Caller.inner("first cloud"), Page.first(1));
        if (all.isEmpty() || all.get(0).host().connection() == Host.Connection.UP) {
            return Optional.of("");
        }
        Host host = all.get(0).host();
        return host.connection() == Host.Connection.DOWN ? Optional.of(host.problem()) : Optional.empty();
    }

    private void flavors(Caller caller) {
        if (!flavors.list(caller, Optional.empty(), 0, 0, Page.first(1)).isEmpty()) {
            return;
        }
        flavors.create(caller, NewFlavor.of("m1.nano", 1, 128, 1));
        flavors.create(caller, NewFlavor.of("m1.tiny", 1, 512, 1));
        flavors.create(caller, NewFlavor.of("m1.small", 1, 2048, 20));
        flavors.create(caller, NewFlavor.of("m1.medium", 2, 4096, 40));
        flavors.create(caller, NewFlavor.of("m1.large", 4, 8192, 80));
    }

    private void image(Caller caller) {
        Path file = Path.of(IMAGE.get());
        if (IMAGE.get().isEmpty()) {
            return;
        }
        String format = IMAGE.get().endsWith(".raw") ? "raw" : "qcow2";
        List<Image> there = images.list(caller, ImageFilter.none(), Page.all()).stream()
                .filter(image -> image.name().equals("guest"))
                .toList();
        if (there.stream().anyMatch(image -> image.state() == Image.Status.ACTIVE)) {
            return;
        }
        UUID id = there.isEmpty()
                ? images.create(
                                caller,
                                Optional.empty(),
                                ImageDraft.of("guest", format).visibleTo(Image.Visibility.PUBLIC))
                        .id()
                : there.get(0).id();
        try (InputStream data = Files.newInputStream(file)) {
            images.upload(caller, id, data, OptionalLong.of(Files.size(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("The image file " + file + " cannot be read", e);
        }
    }

    private void publicNetwork(Caller caller) {
        if (find(caller, "public").isPresent()) {
            return;
        }
        boolean flat = !PHYSICAL_NETWORK.get().isEmpty();
        Network network = networks.create(
                caller,
                new NetworkRequest(
                        Optional.empty(),
                        Optional.of("public"),
                        Optional.of("The way to the world"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(true),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        flat ? Optional.of("flat") : Optional.empty(),
                        flat ? Optional.of(PHYSICAL_NETWORK.get()) : Optional.empty(),
                        Optional.empty()));
        subnets.create(
                caller,
                new SubnetRequest(
                        Optional.empty(),
                        Optional.of(network.id()),
                        Optional.of("public-subnet"),
                        Optional.empty(),
                        Optional.of(PUBLIC_CIDR.get()),
                        Optional.empty(),
                        Optional.of(Optional.of(PUBLIC_GATEWAY.get())),
                        // addresses here are floating ones: nobody asks for them by DHCP
                        Optional.of(false),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private void demo(Caller caller) {
        Project project = project(caller, DEMO)
                .orElseGet(() -> projects.create(caller, NewProject.named(DEMO).described("A project to begin with")));
        String password = Ids.newSecret(12);
        Optional<User> known = users.list(caller, UserFilter.ALL.named(DEMO), Page.first(1)).stream()
                .findFirst();
        User user = known.orElseGet(() ->
                // the password stands in a file for programs, which cannot choose another
                users.create(
                        caller,
                        NewUser.named(DEMO)
                                .withPassword(password)
                                .withDefaultProject(project.id())
                                .withOptions(Map.of("ignore_change_password_upon_first_use", true))));
        if (known.isEmpty()) {
            identity.addToCloudsFile("demo", DEMO, password, DEMO);
        }
        Role member = role(caller, "member");
        assignments.grant(
                caller, Grant.of(Grant.Actor.user(user.id()), Grant.Target.project(project.id()), member.id()));
        users.list(caller, UserFilter.ALL.named("admin"), Page.first(1)).stream()
                .findFirst()
                .ifPresent(admin -> assignments.grant(
                        caller,
                        Grant.of(
                                Grant.Actor.user(admin.id()),
                                Grant.Target.project(project.id()),
                                role(caller, "admin").id())));
    }

    private void privateNetwork(Caller caller) {
        if (find(caller, "private").isPresent()) {
            return;
        }
        Network network = networks.create(caller, NetworkRequest.named("private"));
        UUID subnet = subnets.create(
                        caller,
                        SubnetRequest.of(network.id(), "private-subnet", "10.0.0.0/24", Optional.empty(), List.of()))
                .id();
        UUID router = routers.create(
                        caller,
                        RouterRequest.of("router", find(caller, "public").map(Network::id)))
                .id();
        routers.addSubnet(caller, router, subnet);
    }

    private Optional<Network> find(Caller caller, String name) {
        return networks.list(caller, ListQuery.where("name", name)).stream().findFirst();
    }

    private Role role(Caller caller, String name) {
        return roles.list(caller, Optional.empty(), Optional.of(name), Page.first(1))
                .get(0);
    }

    private Optional<Project> project(Caller caller, String name) {
        return projects.list(caller, ProjectFilter.ALL.named(name), Page.first(1)).stream()
                .findFirst();
    }

    private Caller inProject(Caller caller, String name) {
        return caller.inProject(
                project(caller, name).map(Project::id).orElseThrow(() -> Fault.notFound("Project", name)));
    }

    static List<Setting<?>> settings() {
        return List.of(WANTED, IMAGE, HOST, PUBLIC_CIDR, PUBLIC_GATEWAY, PHYSICAL_NETWORK);
    }
}
