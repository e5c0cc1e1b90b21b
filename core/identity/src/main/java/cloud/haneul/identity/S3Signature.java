package cloud.haneul.identity;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Optional;

/** What S3 clients sign, as the object store hands it over: AWS's version 4 or the older lines with an HMAC-SHA1. */
final class S3Signature {
    private static final String AMZ_DATE = "x-amz-date:";

    private S3Signature() {}

    static boolean isBy(String secret, String stringToSign, String signature) {
        if (!stringToSign.startsWith("AWS4")) {
            byte[] mac = Ec2Signature.mac("HmacSHA1", secret.getBytes(StandardCharsets.UTF_8), stringToSign);
            return Ec2Signature.equal(Base64.getEncoder().encodeToString(mac), signature);
        }
        String[] lines = stringToSign.split("\n", -1);
        if (lines.length != 4 || !lines[0].equals(Ec2Signature.V4)) {
            return false;
        }
        String[] scope = lines[2].split("/", -1);
        return scope.length == 4
                && lines[1].startsWith(scope[0])
                && scope[2].equals("s3")
                && scope[3].equals("aws4_request")
                && Ec2Signature.equal(Ec2Signature.version4(secret, scope, stringToSign), signature);
    }

    /** When it was signed or, for a link with an end, when it ends; empty when it does not say. */
    static Optional<Instant> time(String stringToSign) {
        String[] lines = stringToSign.split("\n", -1);
        try {
            if (stringToSign.startsWith("AWS4")) {
                return Optional.of(
                        LocalDateTime.parse(lines[1], Ec2Signature.COMPACT).toInstant(ZoneOffset.UTC));
            }
            for (String line : lines) {
                if (line.startsWith(AMZ_DATE)) {
                    return Optional.of(date(line.substring(AMZ_DATE.length()).strip()));
                }
            }
            return lines.length < 4 ? Optional.empty() : Optional.of(date(lines[3].strip()));
        } catch (DateTimeException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static Instant date(String text) {
        return text.matches("\\d{1,12}")
                ? Instant.ofEpochSecond(Long.parseLong(text))
                : ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
    }
}
