package cloud.haneul.identity.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.util.ssl.cert.ManageCertificates;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A certificate authority of a test's own, good for two days, and what it signs; all in a folder of the test's. */
final class Authority {
    private static final String PASSWORD = "only for a test";

    private final Path folder;
    private final String name;

    Authority(Path folder, String name) {
        this.folder = folder;
        this.name = name;
        run(
                "generate-self-signed-certificate",
                store(name),
                "--keystore-type PKCS12 --basic-constraints-is-ca true --days-valid 2 --key-algorithm RSA --key-size-bits 2048"
                        + " --signature-algorithm SHA256withRSA --subject-dn CN=" + name,
                "--alias " + name);
        run("export-certificate", store(name), "--alias " + name, "--output-format PEM --output-file " + file());
    }

    /** Its own certificate, for those who trust it. */
    Path file() {
        return folder.resolve(name + ".pem");
    }

    /** A server's certificate and key. */
    record Signed(Path certificate, Path key) {}

    /** @param extension such as {@code --subject-alternative-name-dns localhost}: what the certificate is for */
    Signed sign(String server, String extension) {
        Path request = folder.resolve(server + ".csr");
        Path key = folder.resolve(server + ".key");
        Path certificate = folder.resolve(server + ".pem");
        run(
                "generate-certificate-signing-request",
                store(server),
                "--keystore-type PKCS12 --key-algorithm RSA --key-size-bits 2048 --signature-algorithm SHA256withRSA",
                "--alias " + server + " --subject-dn CN=" + server + " " + extension,
                "--output-format PEM --output-file " + request);
        run(
                "sign-certificate-signing-request",
                store(name),
                "--signing-certificate-alias " + name + " --request-input-file " + request,
                "--output-format PEM --certificate-output-file " + certificate,
                "--days-valid 1 --include-requested-extensions --no-prompt");
        run("export-private-key", store(server), "--alias " + server, "--output-format PEM --output-file " + key);
        return new Signed(certificate, key);
    }

    private String store(String owner) {
        return "--keystore " + folder.resolve(owner + ".p12");
    }

    private static void run(String command, String... options) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String[] words = Stream.concat(
                        Stream.of(command, "--keystore-password", PASSWORD),
                        Stream.of(options).flatMap(some -> Stream.of(some.split(" "))))
                .toArray(String[]::new);
        assertThat(ManageCertificates.main(null, said, said, words))
                .as(said.toString(StandardCharsets.UTF_8))
                .isEqualTo(ResultCode.SUCCESS);
    }
}
