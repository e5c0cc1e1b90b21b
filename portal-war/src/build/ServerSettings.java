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

    private static final String UNCHECKED = "<das-config deploy-xml-validation=\"none\"></das-config>";

    /** The same in every server of this make: what it protects is known to all, and no port is opened with it. */
    private static final char[] PASSWORD = "changeit".toCharArray();

    public static void main(String[] args) throws IOException, GeneralSecurityException {
        Path config = Path.of(args[0], "config");
        kindsOfFiles(config.resolve("default-web.xml"));
        unchecked(config.resolve("domain.xml"));
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

    /** The build has checked what is deployed; the schemas need not be read to do it once more. */
    private static void unchecked(Path file) throws IOException {
        String whole = Files.readString(file);
        require(whole.contains("<das-config></das-config>"), file);
        Files.writeString(file, whole.replace("<das-config></das-config>", UNCHECKED));
    }

    /** Opening a store with the usual ten thousand rounds for each of its parts takes longer than all that is in it is worth. */
    private static void quicker(Path file) throws IOException, GeneralSecurityException {
        for (String rounds : List.of("macIterationCount", "certPbeIterationCount", "keyPbeIterationCount")) {
            System.setProperty("keystore.pkcs12." + rounds, "1");
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        for (String name : Collections.list(store.aliases())) {
            if (store.isKeyEntry(name)) {
                store.setKeyEntry(name, store.getKey(name, PASSWORD), PASSWORD, store.getCertificateChain(name));
            }
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD);
        }
    }

    private static void require(boolean expected, Path file) {
        if (!expected) {
            throw new IllegalStateException(file + " is not what it was when this was written: look at it, and change this");
        }
    }
}
