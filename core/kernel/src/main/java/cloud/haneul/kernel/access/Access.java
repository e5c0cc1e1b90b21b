package cloud.haneul.kernel.access;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Home;
import cloud.haneul.kernel.ServiceModule;
import cloud.haneul.kernel.Setting;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a caller may do something. Every use case asks here before it reads or changes anything:
 *
 * <pre>{@code
 * access.require(caller, "os_compute_api:servers:create", Map.of("project_id", caller.project()));
 * access.requireVisible(caller, "os_compute_api:servers:show", "os_compute_api:servers:delete",
 *         Map.of("project_id", server.projectId()), () -> Fault.notFound("Instance", server.id()));
 * }</pre>
 *
 * The target is what is acted on, as flat names or maps within maps; what it does not name counts as unknown and never
 * matches. Rules are the defaults in {@code policy/<service>.yaml} with the operator's {@code policy.yaml} over them. That file
 * is read again when it changes; as long as it has a mistake, the rules from before stay in force and the mistakes can be
 * seen in {@link #mistakes()} and the log.
 */
@Component
public class Access {
    public static final Setting<String> POLICY_FILE = Setting.text(
            "haneul.policy-file",
            "",
            "The operator's own policy rules over the services' defaults; policy.yaml in haneul.home when empty.");

    private static final Logger LOG = LoggerFactory.getLogger(Access.class);

    private final Map<String, PolicyFile> defaults;
    private final OverrideFile file;
    private volatile PolicyBook book;
    private volatile List<Mistake> mistakes = List.of();

    @Inject
    Access(@Any Instance<ServiceModule> modules, Clock clock) {
        this(defaults(modules.stream().map(ServiceModule::name).sorted().toList()), policyFile(), clock);
    }

    Access(Map<String, PolicyFile> defaults, Path file, Clock clock) {
        this.defaults = defaults;
        this.file = new OverrideFile(file, clock);
        // The defaults are ours: a mistake there ends the start. One of the operator's leaves the cloud running.
        this.book = PolicyBook.of(defaults, Optional.empty());
        this.file.changed();
        reload();
    }

    private static Path policyFile() {
        String configured = POLICY_FILE.get();
        return configured.isEmpty() ? Home.path().resolve("policy.yaml") : Path.of(configured);
    }

    /** The policy files on the class path, the common one first; a service without one has no rules of its own. */
    static Map<String, PolicyFile> defaults(List<String> services) {
        Map<String, PolicyFile> files = new LinkedHashMap<>();
        resource(PolicyBook.COMMON).ifPresent(common -> files.put(PolicyBook.COMMON, common));
        for (String service : services) {
            resource(service).ifPresent(own -> files.putIfAbsent(service, own));
        }
        return files;
    }

    private static Optional<PolicyFile> resource(String service) {
        String name = "policy/" + service + ".yaml";
        ClassLoader loader = Optional.ofNullable(Thread.currentThread().getContextClassLoader())
                .orElse(Access.class.getClassLoader());
        try (InputStream stream = loader.getResourceAsStream(name)) {
            return stream == null
                    ? Optional.empty()
                    : Optional.of(PolicyFile.read(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name, e);
        }
    }

    /** @throws Fault FORBIDDEN in the words of the rule's API family, with the reasons as detail for the operator */
    public void require(Caller caller, String rule, Map<String, ?> target) {
        Rule found = book().rule(rule);
        if (!found.test(caller, target)) {
            Decision decision = Explainer.explain(found, caller, target);
            throw Refusal.of(found, decision, reason(caller, decision));
        }
    }

    /**
     * As much of the reason as is for the caller's eyes: all of it for who may see the policy. Others are told the role that
     * would be enough, which says that the rest of the check holds, hence nothing about anybody else's things.
     */
    private String reason(Caller caller, Decision decision) {
        if (holds(caller, "haneul:policy:show")) {
            return "Reason: " + String.join("; ", decision.reasons()) + " (" + decision.source() + ").";
        }
        return decision.roleNeeded()
                .filter(role -> holds(caller, "haneul:policy:hint"))
                .map(role -> "The role " + role + " would be needed.")
                .orElse("");
    }

    /**
     * For what one must be allowed to see before one is told that one may not do something with it.
     *
     * @throws Fault {@code notFound}'s when the caller may not see the target, FORBIDDEN when he may but may not do this
     */
    public void requireVisible(
            Caller caller, String seeRule, String doRule, Map<String, ?> target, Supplier<Fault> notFound) {
        if (!allowed(caller, seeRule, target)) {
            throw notFound.get();
        }
        require(caller, doRule, target);
    }

    /**
     * Requires the rule and, as neutron does, {@code rule:attribute} for each attribute the caller sets and for which there is
     * such a rule; {@code create_network:shared} for instance.
     *
     * @throws Fault FORBIDDEN
     */
    public void requireWith(Caller caller, String rule, Iterable<String> attributes, Map<String, ?> target) {
        require(caller, rule, target);
        PolicyBook current = book;
        for (String attribute : attributes) {
            String own = rule + ":" + attribute;
            if (current.knows(own)) {
                require(caller, own, target);
            }
        }
    }

    private boolean holds(Caller caller, String rule) {
        return knows(rule) && allowed(caller, rule, Map.of());
    }

    /** For lists and optional fields, where no is not a fault. */
    public boolean allowed(Caller caller, String rule, Map<String, ?> target) {
        return book().rule(rule).test(caller, target);
    }

    /** Whether there is a rule of this name; asking for one that does not exist is otherwise a mistake in our own code. */
    public boolean knows(String rule) {
        return book().knows(rule);
    }

    /** The decision with its reasons, for people; slower than {@link #allowed}. */
    public Decision explain(Caller caller, String rule, Map<String, ?> target) {
        return Explainer.explain(book().rule(rule), caller, target);
    }

    /** What is wrong in the operator's policy file now; while there is anything, the rules from before are in force. */
    public List<Mistake> mistakes() {
        book();
        return mistakes;
    }

    PolicyBook book() {
        if (file.changed()) {
            reload();
        }
        return book;
    }

    private synchronized void reload() {
        try {
            Optional<PolicyFile> overrides = file.read();
            book = PolicyBook.of(defaults, overrides);
            mistakes = List.of();
            overrides.ifPresent(own -> LOG.info(
                    "Policy file {} is in force with {} rules.",
                    own.name(),
                    own.rules().size()));
        } catch (PolicyMistakes e) {
            mistakes = e.mistakes();
            LOG.error(
                    "The operator's policy file is not used; the rules from before stay in force.\n{}", e.getMessage());
        }
    }
}
