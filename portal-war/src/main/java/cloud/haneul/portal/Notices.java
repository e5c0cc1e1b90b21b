package cloud.haneul.portal;

import cloud.haneul.kernel.Fault;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.application.FacesMessage.Severity;
import jakarta.faces.component.UIInput;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a page tells after an action: done, or what went wrong and what to do next. {@code attempt} is how beans call the core:
 *
 * <pre>{@code
 * notices.attempt(() -> keyPairs.delete(me.caller(), ...), "keypairs.deleted", name);
 * }</pre>
 */
@Named("notices")
@RequestScoped
public class Notices {
    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

    private static final Pattern SNAKE = Pattern.compile("_([a-z])");

    @Inject
    private Ui ui;

    @Inject
    private PageTrail trail;

    /** Something that can end in a fault. */
    @FunctionalInterface
    public interface Action {
        void run();
    }

    /** @return whether it was done; if not, the person has been told why */
    public boolean attempt(Action action, String doneKey, Object... values) {
        try {
            action.run();
        } catch (RuntimeException e) {
            failed(e);
            return false;
        }
        done(doneKey, values);
        return true;
    }

    /** @return whether it went well; nothing is said then */
    public boolean attempt(Action action) {
        try {
            action.run();
            return true;
        } catch (RuntimeException e) {
            failed(e);
            return false;
        }
    }

    public void done(String key, Object... values) {
        add(FacesMessage.SEVERITY_INFO, ui.word(key, values), "");
    }

    public void warn(String key, Object... values) {
        add(FacesMessage.SEVERITY_WARN, ui.word(key, values), "");
    }

    /** Says it at the field of that name if the form has one, else in a toast. */
    public void failed(RuntimeException failure) {
        failed("", failure);
    }

    /** @param subject what it was about, such as the name of one of several instances */
    public void failed(String subject, RuntimeException failure) {
        trail.refused(failure, subject);
        Problem problem = explain(failure);
        String text = subject.isEmpty() ? problem.text() : subject + ": " + problem.text();
        FacesContext faces = FacesContext.getCurrentInstance();
        Optional<UIInput> wrong =
                failure instanceof Fault fault ? fault.field().flatMap(Notices::input) : Optional.empty();
        wrong.ifPresentOrElse(
                input -> {
                    // an invalid input shows what was submitted, and forgets that when it is taken over
                    input.setSubmittedValue(ui.text(input.getValue()));
                    input.setValid(false);
                    // a field shows one text only, the detail
                    faces.addMessage(
                            input.getClientId(faces),
                            new FacesMessage(FacesMessage.SEVERITY_ERROR, text, text + " " + problem.cure()));
                },
                () -> add(FacesMessage.SEVERITY_ERROR, text, problem.cure()));
        faces.validationFailed();
    }

    /** The input of the posted form that has the name of a fault's field, be it written {@code public_key} or {@code publicKey}. */
    private static Optional<UIInput> input(String path) {
        FacesContext faces = FacesContext.getCurrentInstance();
        String source = faces.getExternalContext().getRequestParameterMap().getOrDefault("jakarta.faces.source", "");
        if (source.indexOf(':') < 0) {
            return Optional.empty();
        }
        String form = ":" + source.substring(0, source.indexOf(':')) + ":";
        String field = path.substring(path.lastIndexOf('/') + 1);
        String camel = SNAKE.matcher(field).replaceAll(m -> m.group(1).toUpperCase(Locale.ROOT));
        return Stream.of(field, camel)
                .map(id -> faces.getViewRoot().findComponent(form + id))
                .filter(UIInput.class::isInstance)
                .map(UIInput.class::cast)
                .findFirst();
    }

    /** A fault in two sentences: what happened, and what to do. */
    public record Problem(String text, String cure) {}

    public Problem explain(RuntimeException failure) {
        if (failure instanceof Fault fault && fault.kind() != Fault.Kind.INTERNAL) {
            return Problems.of(Words.of(ui.getLocale()), fault);
        }
        LOG.error("{}: an action of a page failed", ui.getRequestId(), failure);
        return new Problem(ui.word("fault.INTERNAL"), ui.word("fault.INTERNAL.cure", ui.getRequestId()));
    }

    /** The result of asking the core, or empty-handed with the person told. */
    public <T> T orElse(Callable<T> question, T otherwise) {
        try {
            return question.call();
        } catch (RuntimeException e) {
            failed(e);
            return otherwise;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What to show instead of what could not be read. */
    public Problem refusal(RuntimeException failure) {
        trail.refused(failure, "");
        return explain(failure);
    }

    /** For what a page itself finds wrong with a field, told in the words of {@code key}. */
    public Fault wrong(String field, String key) {
        return Fault.badRequest(field, ui.word(key)).type(PageTrail.OF_PAGE);
    }

    /** The text of a key in the page's language. */
    public String word(String key, Object... values) {
        return ui.word(key, values);
    }

    /** What has been said is to be seen on the page one is being led to. */
    public void keep() {
        FacesContext.getCurrentInstance().getExternalContext().getFlash().setKeepMessages(true);
    }

    private static void add(Severity severity, String summary, String detail) {
        FacesContext.getCurrentInstance().addMessage(null, new FacesMessage(severity, summary, detail));
    }
}
