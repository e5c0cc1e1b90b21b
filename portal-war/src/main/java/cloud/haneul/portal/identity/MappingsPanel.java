package cloud.haneul.portal.identity;

import cloud.haneul.identity.Mapping;
import cloud.haneul.identity.Mappings;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.portal.ResourcePanel;
import cloud.haneul.portal.RowAction;
import cloud.haneul.portal.Sift;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Identity &gt; Mappings: who somebody is here of whom an identity provider says something; rules that are written as JSON. */
@Named("mappings")
@ViewScoped
public class MappingsPanel extends ResourcePanel<Mapping> {
    private static final long serialVersionUID = 1L;
    /** To begin with: people by what their provider calls them, with a role in a project of their own. */
    private static final String EXAMPLE = """
        [
          {
            "remote": [
              {"type": "OIDC-sub"},
              {"type": "OIDC-preferred_username"}
            ],
            "local": [
              {"user": {"id": "{0}", "name": "{1}"}},
              {"projects": [{"name": "project of {1}", "roles": [{"name": "member"}]}]}
            ]
          }
        ]
        """;

    @Inject
    private transient Mappings mappings;

    public MappingsPanel() {
        super("mappings", "", Mapping::id, Mapping::id);
        form.with("rules", EXAMPLE).with("schema", "1.0");
    }

    @Override
    protected List<Mapping> load(Caller caller, Query query) {
        return Sift.search(query, page -> mappings.list(caller, page), this::id, this::name);
    }

    @Override
    protected List<RowAction<Mapping>> offers() {
        return List.of(
                RowAction.opens("edit", "pi-pencil", "editMapping", this::prepare),
                RowAction.deletes((c, row) -> mappings.delete(c, row.id())));
    }

    private void prepare(Caller caller, Mapping row) {
        form.begin(row.id(), row.id());
        form.put("rules", MappingText.write(row.rules()));
        form.put("schema", row.schemaVersion());
    }

    public void create() {
        String id = form.text("id");
        submit(
                () -> checked(rules -> mappings.create(me.caller(), id, rules, form.text("schema"))),
                "mappings.create.done",
                id);
    }

    public void save() {
        submit(
                () -> checked(rules ->
                        mappings.update(me.caller(), form.id(), Optional.of(rules), Optional.of(form.text("schema")))),
                "mappings.edit.done",
                form.about());
    }

    /** Says at the text which line of it is wrong. */
    private void checked(Consumer<List<Map<String, Object>>> use) {
        String text = form.text("rules");
        try {
            use.accept(MappingText.read(text));
        } catch (MappingText.Malformed e) {
            throw wrong(notices.word("mappings.malformed", e.line(), e.column(), e.getMessage()));
        } catch (Fault e) {
            String place = e.field().filter(field -> field.startsWith("rules")).orElseThrow(() -> e);
            OptionalInt line = MappingText.line(text, place);
            throw wrong(
                    line.isPresent()
                            ? notices.word("mappings.wrongAt", line.getAsInt(), place, e.getMessage())
                            : notices.word("mappings.wrong", place, e.getMessage()));
        }
    }

    private static Fault wrong(String text) {
        return Fault.badRequest("rules", text).type("OfPage");
    }
}
