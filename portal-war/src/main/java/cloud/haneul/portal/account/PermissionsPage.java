package cloud.haneul.portal.account;

import cloud.haneul.identity.Users;
import cloud.haneul.kernel.access.CallerBook;
import cloud.haneul.kernel.access.Explanations;
import cloud.haneul.kernel.access.Explanations.Explanation;
import cloud.haneul.kernel.access.Explanations.Question;
import cloud.haneul.portal.Form;
import cloud.haneul.portal.Me;
import cloud.haneul.portal.Notices;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** Why may I not? Answers whether somebody may do a thing where one works, by which rule, and which role would be enough. */
@Named("permissions")
@ViewScoped
public class PermissionsPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Me me;

    @Inject
    private transient Notices notices;

    @Inject
    private transient Explanations explanations;

    @Inject
    private transient Users users;

    private final Form form = new Form();
    private transient Explanation answer;

    public void ask() {
        answer = null;
        notices.attempt(() -> {
            Optional<String> user = form.optional("user").map(name -> users.named(me.caller(), me.getDomainId(), name)
                    .id());
            answer = explanations.explain(
                    me.caller(),
                    new Question(
                            form.text("rule"),
                            user,
                            Optional.of(CallerBook.Scope.of(me.caller())),
                            Optional.empty(),
                            Optional.empty()));
        });
    }

    /** Null before a question and when it could not be answered. */
    public Explanation getAnswer() {
        return answer;
    }

    public List<String> getRules() {
        return explanations.ruleNames();
    }

    public Form getForm() {
        return form;
    }
}
