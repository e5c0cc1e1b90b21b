package cloud.haneul.network;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** MAC addresses: made, read, and what IPv6 makes of them. */
final class Macs {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern MAC = Pattern.compile("([0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}");

    private Macs() {}

    static String generate() {
        return String.format("fa:16:3e:%02x:%02x:%02x", RANDOM.nextInt(256), RANDOM.nextInt(256), RANDOM.nextInt(256));
    }

    /** In lower case with colons; empty for what is none, or one for many. */
    static Optional<String> parse(String text) {
        if (!MAC.matcher(text).matches()) {
            return Optional.empty();
        }
        String mac = text.toLowerCase(Locale.ROOT).replace('-', ':');
        boolean multicast = (Integer.parseInt(mac.substring(0, 2), 16) & 1) == 1;
        return multicast || mac.equals("00:00:00:00:00:00") ? Optional.empty() : Optional.of(mac);
    }

    /** The address a guest with this MAC gives itself in a network of 64 bits (EUI-64). */
    static Ip selfAddress(Cidr cidr, String mac) {
        String hex = mac.replace(":", "");
        int first = Integer.parseInt(hex.substring(0, 2), 16) ^ 2;
        String eui = String.format("%02x", first) + hex.substring(2, 6) + "fffe" + hex.substring(6);
        return new Ip(6, cidr.network().value().or(new BigInteger(eui, 16)));
    }
}
