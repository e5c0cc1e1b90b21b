package cloud.haneul.identity;

import cloud.haneul.kernel.Fault;

/** Refusals in keystone's words, which clients and their tests know. */
final class Faults {
    private Faults() {}

    static Fault notFound(String what, String id) {
        return Fault.of(Fault.Kind.NOT_FOUND, "Could not find " + what + ": " + id + ".");
    }

    static Fault duplicate(String what, String name) {
        return Fault.conflict("Conflict occurred attempting to store " + what + " - Duplicate entry found with name "
                        + name + ".")
                .type("NameTaken")
                .at("name");
    }

    static Fault immutable(String what, String id, String verb) {
        return Fault.forbidden("Unable to " + verb + " immutable " + what + " resource: `" + id
                + "`. Set resource option \"immutable\" to false first.");
    }
}
