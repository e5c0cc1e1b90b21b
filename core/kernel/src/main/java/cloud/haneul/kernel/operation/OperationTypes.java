package cloud.haneul.kernel.operation;

import cloud.haneul.kernel.Component;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All operation types by kind and version. Looked up late: types use services, which use operations. */
@Component
class OperationTypes {
    private final Instance<OperationType<?>> beans;
    private volatile Map<String, OperationType<?>> byKind;
    private volatile Map<String, List<? extends Step<?>>> steps;

    @Inject
    OperationTypes(@Any Instance<OperationType<?>> beans) {
        this.beans = beans;
    }

    /** The newest type of a kind. */
    OperationType<?> newest(String kind) {
        load();
        return byKind.values().stream()
                .filter(type -> type.kind().equals(kind))
                .max((a, b) -> Integer.compare(a.version(), b.version()))
                .orElseThrow(() -> new IllegalArgumentException("There is no operation type " + kind));
    }

    @SuppressWarnings("unchecked")
    <P> OperationType<P> of(String kind, int version) {
        load();
        OperationType<?> type = byKind.get(key(kind, version));
        if (type == null) {
            throw new IllegalStateException("There is no operation type " + kind + " of version " + version);
        }
        return (OperationType<P>) type;
    }

    @SuppressWarnings("unchecked")
    <P> List<Step<P>> steps(String kind, int version) {
        load();
        return (List<Step<P>>) (List<?>) steps.get(key(kind, version));
    }

    private void load() {
        if (byKind == null) {
            synchronized (this) {
                if (byKind == null) {
                    Map<String, OperationType<?>> types = new HashMap<>();
                    Map<String, List<? extends Step<?>>> lists = new HashMap<>();
                    for (OperationType<?> type : beans) {
                        if (types.put(key(type.kind(), type.version()), type) != null) {
                            throw new IllegalStateException("Two operation types are called " + type.kind());
                        }
                        lists.put(key(type.kind(), type.version()), List.copyOf(type.steps()));
                    }
                    steps = lists;
                    byKind = types;
                }
            }
        }
    }

    private static String key(String kind, int version) {
        return kind + "/" + version;
    }
}
