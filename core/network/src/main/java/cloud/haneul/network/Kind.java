package cloud.haneul.network;

import java.util.UUID;

/** The kinds of things a back end has counterparts of, in the order they are built. */
enum Kind {
    NETWORK(Network.class, "network_network"),
    GROUP(SecurityGroup.class, "network_security_group"),
    PORT(Port.class, "network_port"),
    ROUTER(Router.class, "network_router");

    private final Class<? extends Wired> type;

    private final String table;

    Kind(Class<? extends Wired> type, String table) {
        this.type = type;
        this.table = table;
    }

    static Kind of(Wired row) {
        for (Kind kind : values()) {
            if (kind.type.isInstance(row)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("Nothing that is wired: " + row.getClass());
    }

    Class<? extends Wired> type() {
        return type;
    }

    String table() {
        return table;
    }

    String entity() {
        return type.getSimpleName();
    }

    /** The word by which the wiring is told of one: {@code port:<id>}. */
    String poke(UUID id) {
        return name() + ":" + id;
    }
}
