package cloud.haneul.portal.network;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.network.ListQuery;
import cloud.haneul.network.NewSecurityRule;
import cloud.haneul.network.SecurityGroup;
import cloud.haneul.network.SecurityGroups;
import cloud.haneul.network.SecurityRule;
import cloud.haneul.portal.Requested;
import cloud.haneul.portal.ResourcePanel;
import cloud.haneul.portal.RowAction;
import cloud.haneul.portal.Sift;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The rules of a security group; what people mostly want is there as a template that fills the form. */
@Named("securityGroup")
@ViewScoped
public class SecurityGroupPanel extends ResourcePanel<SecurityRule> {
    private static final long serialVersionUID = 1L;

    /** A usual rule: protocol and port; port 0 is none. */
    public enum Template {
        SSH("tcp", 22),
        HTTP("tcp", 80),
        HTTPS("tcp", 443),
        ICMP("icmp", 0),
        RDP("tcp", 3389),
        DNS("udp", 53),
        CUSTOM("tcp", 0);

        private final String protocol;
        private final int port;

        Template(String protocol, int port) {
            this.protocol = protocol;
            this.port = port;
        }
    }

    @Inject
    private transient SecurityGroups groups;

    private final UUID groupId = Requested.id("SecurityGroup");
    private Template template = Template.SSH;
    private transient SecurityGroup group;
    private transient Map<UUID, String> names;

    public SecurityGroupPanel() {
        super("securityGroup", "security_group security_group_rule", SecurityRule::id, SecurityRule::id);
        form.with("direction", "ingress").with("ethertype", "IPv4");
        fill();
    }

    public SecurityGroup getGroup() {
        if (group == null) {
            group = groups.show(me.caller(), groupId);
        }
        return group;
    }

    @Override
    protected List<SecurityRule> load(Caller caller, Query query) {
        Map<String, List<String>> mine = Map.of("security_group_id", List.of(groupId.toString()));
        return Sift.search(
                query, page -> groups.listRules(caller, new ListQuery(mine, page, false)), this::id, this::name);
    }

    @Override
    public String name(SecurityRule row) {
        return ui.word("securityGroup." + row.direction()) + " " + row.etherType() + " "
                + row.protocol().orElse(ui.word("securityGroup.any")) + " " + ports(row);
    }

    /** {@code 22}, {@code 8000-8080}, or any. */
    public String ports(SecurityRule row) {
        return row.portMin()
                .map(min -> row.portMax()
                        .filter(max -> !max.equals(min))
                        .map(max -> min + "-" + max)
                        .orElse("" + min))
                .orElseGet(() -> ui.word("securityGroup.any"));
    }

    /** An address range, the name of a group, or anywhere. */
    public String remote(SecurityRule row) {
        return row.remotePrefix()
                .or(() -> row.remoteGroup().map(id -> getNames().getOrDefault(id, id.toString())))
                .orElseGet(() -> ui.word("securityGroup.anywhere"));
    }

    /** Names of the project's groups by id. */
    public Map<UUID, String> getNames() {
        if (names == null) {
            names = groups
                    .list(
                            me.caller(),
                            new ListQuery(
                                    Map.of("project_id", List.of(me.caller().project())), Page.all(), false))
                    .stream()
                    .collect(Collectors.toMap(SecurityGroup::id, SecurityGroup::name));
        }
        return names;
    }

    @Override
    protected List<RowAction<SecurityRule>> offers() {
        return List.of(RowAction.<SecurityRule>deletes((c, row) -> groups.deleteRule(c, row.id())));
    }

    /** Fills the form from the chosen template. */
    public void fill() {
        form.put("protocol", template.protocol);
        form.put("portRangeMin", template.port == 0 ? null : template.port);
        form.put("portRangeMax", null);
    }

    public void add() {
        NewSecurityRule wanted = new NewSecurityRule(
                groupId,
                Optional.empty(),
                Optional.empty(),
                form.text("direction"),
                form.text("ethertype"),
                form.optional("protocol"),
                form.optionalNumber("portRangeMin"),
                form.optionalNumber("portRangeMax"),
                form.optional("remoteIpPrefix"),
                form.chosen("remoteGroup"));
        if (submit(() -> groups.createRule(me.caller(), wanted), "securityGroup.add.done")) {
            fill();
        }
    }

    public Template[] getTemplates() {
        return Template.values();
    }

    public String getTemplate() {
        return template.name();
    }

    public void setTemplate(String name) {
        template = Template.valueOf(name);
    }
}
