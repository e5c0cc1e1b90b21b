package cloud.haneul.kernel.operation;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Ids;
import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An operation of three steps that builds three things in a world outside the database, and goes wrong where a test wants. The
 * world outlives controllers, as a hypervisor does.
 */
@Component
class Drill implements OperationType<Drill.Params> {
    /** Thrown where a controller dies: nothing of ours catches errors, so nothing more of the run happens. */
    static final class PowerCut extends Error {
        private static final long serialVersionUID = 1L;

        PowerCut() {
            super("power cut", null, false, false);
        }
    }

    /** @param world names the world of one test */
    record Params(String world) {}

    static final class World {
        final Set<String> built = Collections.synchronizedSet(new HashSet<>());
        final List<String> calls = Collections.synchronizedList(new ArrayList<>());
        final Map<String, Consumer<String>> surprises = new HashMap<>();
        volatile boolean completed;
        volatile Problem failed;

        void at(String call, Consumer<String> surprise) {
            surprises.put(call, surprise);
        }

        private void call(String name) {
            calls.add(name);
            Consumer<String> surprise = surprises.get(name);
            if (surprise != null) {
                surprise.accept(name);
            }
        }
    }

    private static final Map<String, World> WORLDS = Collections.synchronizedMap(new HashMap<>());

    static World world(String name) {
        return WORLDS.computeIfAbsent(name, n -> new World());
    }

    static Consumer<String> fails(int times, Code code) {
        int[] left = {times};
        return name -> {
            if (left[0]-- > 0) {
                throw DriverException.of(code, "The drill fails at " + name + ".");
            }
        };
    }

    static Consumer<String> diesOnce() {
        int[] left = {1};
        return name -> {
            if (left[0]-- > 0) {
                throw new PowerCut();
            }
        };
    }

    @Override
    public String kind() {
        return "drill";
    }

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public List<Step<Params>> steps() {
        return List.of(step("a"), step("b"), step("c"));
    }

    @Override
    public OptionalInt elsewhereStep() {
        return OptionalInt.of(0);
    }

    /** The surprise comes before the thing is built ({@code a}) or after it ({@code a+}), and likewise at the undo. */
    private static Step<Params> step(String name) {
        return Step.of(
                name,
                context -> {
                    World world = world(context.params().world());
                    world.call(name);
                    world.built.add(name);
                    context.remember(name, "built");
                    context.atEnd(em -> endOf(em, context.params().world(), name));
                    world.call(name + "+");
                },
                context -> {
                    World world = world(context.params().world());
                    world.call("undo " + name);
                    world.built.remove(name);
                    world.call("undo " + name + "+");
                });
    }

    /** A row for each time that a step's work at its end was committed. */
    private static void endOf(EntityManager em, String world, String step) {
        em.createNativeQuery("insert into kernel_lease (name, node, until_time) values (?1, ?2, current_timestamp)")
                .setParameter(1, Ids.newHexId())
                .setParameter(2, world + step)
                .executeUpdate();
    }

    @Override
    public void completed(EntityManager em, Context<Params> context) {
        world(context.params().world()).completed = true;
    }

    @Override
    public void failed(EntityManager em, Context<Params> context, Problem problem) {
        world(context.params().world()).failed = problem;
    }
}
