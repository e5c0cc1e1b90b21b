package cloud.haneul.driver.ovn;

import static org.assertj.core.api.Assertions.assertThat;

/** What stands in the northbound database, as OVN's own tool tells it. */
final class NorthboundRows {
    private NorthboundRows() {}

    /** Not one row names the installation any more. */
    static void assertNoneOf(OvnMachine machine, String installation) {
        for (String table : Tables.COPIED.keySet()) {
            String rows = Shell.must(
                    "ovn-nbctl",
                    "--timeout=10",
                    "--db=" + machine.northbound(),
                    "--bare",
                    "--columns=_uuid",
                    "find",
                    table,
                    "external_ids:haneul\\:installation=" + installation);
            assertThat(rows).as("rows of " + table).isEmpty();
        }
    }

    static String column(OvnMachine machine, String table, String name, String column) {
        return Shell.must(
                "ovn-nbctl",
                "--timeout=10",
                "--db=" + machine.northbound(),
                "--bare",
                "--columns=" + column,
                "find",
                table,
                "name=" + name);
    }
}
