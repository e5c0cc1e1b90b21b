package cloud.haneul.driver.ovn;

import static cloud.haneul.driver.ovn.Tables.ACL;
import static cloud.haneul.driver.ovn.Tables.PORT_GROUP;
import static cloud.haneul.driver.ovn.Values.set;

import cloud.haneul.spi.network.SecurityGroupSpec;
import cloud.haneul.spi.network.SecurityGroupSpec.Rule;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** A security group: a port group with one ACL a rule. Its members join by themselves, see {@link PortPlan}. */
final class SecurityGroupPlan {
    private SecurityGroupPlan() {}

    static Transaction of(OvnSettings settings, SecurityGroupSpec group, Rows rows) {
        Plan plan = new Plan("ensure security group", settings.installation(), group.id());
        Set<Object> acls = new LinkedHashSet<>();
        for (Rule rule : group.rules()) {
            Map<String, Object> columns = new TreeMap<>();
            columns.put("direction", set(rule.ingress() ? "to-lport" : "from-lport"));
            columns.put("priority", set((long) DropGroup.ALLOW));
            columns.put("match", set(AclMatch.of(name(group.id()), rule)));
            columns.put("action", set("allow-related"));
            acls.add(plan.want(
                    ACL,
                    "rule:" + rule.id(),
                    columns,
                    Map.of(Marks.RULE, rule.id().toString())));
        }
        plan.want(
                PORT_GROUP,
                "",
                Map.of("name", set(name(group.id())), "acls", acls),
                Map.of(Marks.NAME, group.name(), Marks.PROJECT, group.projectId()));
        return plan.toward(rows);
    }

    /** Port groups are named in matches, where a UUID's dashes would be minus signs. */
    static String name(UUID group) {
        return "pg_" + group.toString().replace('-', '_');
    }
}
