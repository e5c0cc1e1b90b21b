import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of the server's settings what each start would read or compute for nothing (docs/adr/0007). Run by the build once
 * the server is unpacked: {@code java ServerSettings.java DIST/server}.
 */
class ServerSettings {
    /** Of the thousand kinds of files that a server knows, those that a page may be made of. */
    private static final Set<String> KINDS = Set.of(
            "avif", "css", "eot", "gif", "htm", "html", "ico", "jpeg", "jpg", "js", "json", "map", "mp3", "oga", "ogg", "otf",
            "pdf", "png", "svg", "ttf", "txt", "wasm", "wav", "webmanifest", "webp", "woff", "woff2", "xhtml", "xml");

    private static final Pattern MAPPING =
            Pattern.compile("(?s)\\s*<mime-mapping>\\s*<extension>([^<]*)</extension>.*?</mime-mapping>");

    /** Nothing here is a JSP; its compiler takes part in each start. */
    private static final Pattern JSP = Pattern.compile(
            "(?s)\\s*<servlet(-mapping)?>\\s*<servlet-name>jsp</servlet-name>.*?</servlet(-mapping)?>");

    /** What the build has checked is not checked again; what no setting is told of is left out or off. */
    private static final Map<String, String> TOLD = Map.of(
            "<das-config></das-config>", "<das-config deploy-xml-validation=\"none\"></das-config>",
            "port=\"8080\" protocol=\"http-listener\"",
                    "port=\"${haneul.port}\" address=\"${haneul.address}\" protocol=\"http-listener\"",
            "ejb-timer-service=\"DataGrid\"", "ejb-timer-service=\"Dummy\"",
            "<hazelcast-config-specific-configuration enabled=\"true\">",
                    "<hazelcast-config-specific-configuration enabled=\"false\" clustering-enabled=\"false\">",
            "<phone-home-runtime-configuration>", "<phone-home-runtime-configuration enabled=\"false\">");

    /** Settings that the server would add, one transaction and one file each, when it first asks for them and finds none. */
    private static final String ADDED = """
            <amx-configuration/>
            <stuck-threads-checker/>
            <microprofile-fault-tolerance-configuration/>
            <microprofile-healthcheck-configuration/>
            <iiop-service/>
            <microprofile-openapi-configuration enabled="false"/>
            <web-container><session-config>
              <session-manager><store-properties/><manager-properties/></session-manager><session-properties/>
            </session-config></web-container>
            <jdbc-config-source-configuration/>
            <group-management-service><failure-detection/></group-management-service>
            <monitoring-service><module-monitoring-levels/></monitoring-service>
            """;

    private static final String NOTIFIERS = "<cdi-eventbus-notifier-configuration/><eventbus-notifier-configuration/>";

    /** The same in every server of this make: what it protects is known to all, and no port is opened with it. */
    private static final char[] PASSWORD = "changeit".toCharArray();

    public static void main(String[] args) throws IOException, GeneralSecurityException {
        Path config = Path.of(args[0], "config");
        kindsOfFiles(config.resolve("default-web.xml"));
        complete(config.resolve("domain.xml"));
        for (String store : List.of("keystore.p12", "cacerts.p12")) {
            quicker(config.resolve(store));
        }
    }

    private static void kindsOfFiles(Path file) throws IOException {
        String whole = Files.readString(file, StandardCharsets.ISO_8859_1);
        String less = MAPPING.matcher(JSP.matcher(whole).replaceAll(""))
                .replaceAll(found -> KINDS.contains(found.group(1)) ? Matcher.quoteReplacement(found.group()) : "");
        require(less.length() < whole.length() / 2 && less.contains("<extension>css</extension>"), file);
        Files.writeString(file, less, StandardCharsets.ISO_8859_1);
    }

    /** With every part that the server would add at each start, and with the values it is told. */
    private static void complete(Path file) throws IOException {
        String whole = Files.readString(file);
        for (Map.Entry<String, String> each : TOLD.entrySet()) {
            whole = replaced(whole, each.getKey(), each.getValue(), file);
        }
        whole = replaced(whole, "</notification-service-configuration>", NOTIFIERS + "</notification-service-configuration>", file);
        whole = replaced(whole, "<microprofile-config />", "<microprofile-config/>" + ADDED, file);
        whole = replaced(whole, "</domain>", "<deployment-groups/><clusters/></domain>", file);
        Files.writeString(file, whole);
    }

    private static String replaced(String whole, String from, String to, Path file) {
        require(whole.contains(from), file);
        return whole.replace(from, to);
    }

    /**
     * Certificates are public: a store that hides them behind ten thousand rounds, twice, takes longer to open than all that is in
     * it is worth.
     */
    private static void quicker(Path file) throws IOException, GeneralSecurityException {
        System.setProperty("keystore.pkcs12.certProtectionAlgorithm", "NONE");
        System.setProperty("keystore.pkcs12.macAlgorithm", "NONE");
        System.setProperty("keystore.pkcs12.keyPbeIterationCount", "1");
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        // a store that was read keeps the rounds it was read with
        KeyStore made = KeyStore.getInstance("PKCS12");
        made.load(null, PASSWORD);
        for (String name : Collections.list(store.aliases())) {
            if (store.isKeyEntry(name)) {
                made.setKeyEntry(name, store.getKey(name, PASSWORD), PASSWORD, store.getCertificateChain(name));
            } else {
                made.setCertificateEntry(name, store.getCertificate(name));
            }
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            made.store(out, PASSWORD);
        }
    }

    private static void require(boolean expected, Path file) {
        if (!expected) {
            throw new IllegalStateException(file + " is not what it was when this was written: look at it, and change this");
        }
    }
}
