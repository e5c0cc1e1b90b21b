package cloud.haneul.portal;

import cloud.haneul.identity.PasswordDemands;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;

/** What is asked of new passwords, in words, before somebody thinks of one. */
@Named("passwordWords")
@RequestScoped
public class PasswordWords {
    @Inject
    private Ui ui;

    /** A sentence each; empty when anything will do. */
    public List<String> getDemands() {
        PasswordDemands asked = PasswordDemands.now();
        List<String> words = new ArrayList<>();
        if (asked.least() > 1) {
            words.add(ui.word("password.least", asked.least()));
        }
        if (!asked.like().isEmpty()) {
            words.add(ui.word("password.like", asked.like()));
        }
        if (asked.unlike() > 0) {
            words.add(ui.word("password.unlike", asked.unlike()));
        }
        if (asked.keep() > 0) {
            words.add(ui.word("password.keep", asked.keep()));
        }
        if (asked.last() > 0) {
            words.add(ui.word("password.last", asked.last()));
        }
        return words;
    }
}
