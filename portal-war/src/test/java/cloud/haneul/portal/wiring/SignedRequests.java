package cloud.haneul.portal.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a service is sent by somebody with EC2 keys and asks identity about: by AWS's signature version 2, and the older one of S3. */
record SignedRequests(String access, String secret) {

    /** Body of a request to {@code /ec2tokens}. */
    String ec2() {
        String time = ZonedDateTime.now(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.SECONDS)
                .format(DateTimeFormatter.ISO_INSTANT);
        String query = "AWSAccessKeyId=" + access + "&SignatureMethod=HmacSHA256&SignatureVersion=2&Timestamp="
                + time.replace(":", "%3A");
        String signature = signature("HmacSHA256", "GET\ncloud.example.org\n/\n" + query);
        return """
                {"credentials": {"access": "%s", "signature": "%s", "host": "cloud.example.org", "verb": "GET", "path": "/", "params": \
                {"AWSAccessKeyId": "%s", "SignatureMethod": "HmacSHA256", "SignatureVersion": "2", "Timestamp": "%s"}}}""".formatted(access, signature, access, time);
    }

    /** Body of a request to {@code /s3tokens}. */
    String s3() {
        String text = "GET\n\n\n" + DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC))
                + "\n/bucket/object";
        return """
                {"credentials": {"access": "%s", "token": "%s", "signature": "%s"}}""".formatted(
                access, Base64.getUrlEncoder().encodeToString(text.getBytes(UTF_8)), signature("HmacSHA1", text));
    }

    private String signature(String algorithm, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), algorithm));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
