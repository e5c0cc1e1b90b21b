package cloud.haneul.network;

import java.util.UUID;

/** The kinds of things a back end has counterparts of, in the order they are built. */
enum Kind {
    NETWORK(Network.class),
    GROUP(SecurityGroup.class),
    PORT(Port.class),
    ROUTER(Router.class);

    private final Class<? extends Wired> type;

    Kind(Class<? extends Wired> type) {
        this.type = type;
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

    String entity() {
        return type.getSimpleName();
    }

    /** The word by which the wiring is told of one: {@code port:<id>}. */
    String poke(UUID id) {
        return name() + ":" + id;
    }
}
