package cloud.haneul.portal.compute;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the launch form knows of an instance's first start, as cloud-config: a user, his password, his key. Written in the plain block
 * style that small guests without a YAML parser read too.
 */
final class CloudInit {
    static final Pattern USER = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");

    private CloudInit() {}

    /** Empty when nothing of it was wished. {@code user} is empty for the image's own or matches {@link #USER}. */
    static String of(String user, String password, String publicKey) {
        if (user.isEmpty() && password.isEmpty() && publicKey.isEmpty()) {
            return "";
        }
        List<String> lines = new ArrayList<>(List.of("#cloud-config"));
        if (!user.isEmpty()) {
            lines.add("users:");
            lines.add("  - default");
            lines.add("  - name: " + user);
            lines.add("    shell: /bin/sh");
            lines.add("    sudo: ALL=(ALL) NOPASSWD:ALL");
            lines.add("    lock_passwd: " + password.isEmpty());
            if (!publicKey.isEmpty()) {
                lines.add("    ssh_authorized_keys:");
                lines.add("      - " + quoted(publicKey));
            }
        } else if (!publicKey.isEmpty()) {
            lines.add("ssh_authorized_keys:");
            lines.add("  - " + quoted(publicKey));
        }
        if (!password.isEmpty()) {
            lines.add("ssh_pwauth: true");
            if (user.isEmpty()) {
                lines.add("password: " + quoted(password));
            }
            lines.add("chpasswd:");
            lines.add("  expire: false");
            if (!user.isEmpty()) {
                lines.add("  list: |");
                lines.add("    " + user + ":" + oneLine(password));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static String quoted(String text) {
        return "'" + oneLine(text).replace("'", "''") + "'";
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
