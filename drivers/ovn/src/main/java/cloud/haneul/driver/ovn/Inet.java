package cloud.haneul.driver.ovn;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Addresses as they may go into OVN: most of them end up inside the text of logical flows, so nothing gets there that is not an
 * address. Names are never looked up.
 */
final class Inet {
    private static final Pattern V4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:]{2,39}(?::\\d{1,3}(?:\\.\\d{1,3}){3})?");
    private static final Pattern MAC = Pattern.compile("[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2}){5}");

    private Inet() {}

    static boolean isV6(String address) {
        return address.indexOf(':') >= 0;
    }

    static String ip(String text) {
        bytes(text);
        return text;
    }

    /** An address, with or without a prefix length. */
    static String cidr(String text) {
        int slash = text.indexOf('/');
        byte[] address = bytes(slash < 0 ? text : text.substring(0, slash));
        if (slash >= 0 && prefix(text, slash) > address.length * 8) {
            throw invalid(text);
        }
        return text;
    }

    static String mac(String text) {
        if (!MAC.matcher(text).matches()) {
            throw invalid(text);
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /** Whether the address is in the network; false when they are of different families. */
    static boolean contains(String cidr, String ip) {
        int slash = cidr(cidr).indexOf('/');
        byte[] network = bytes(slash < 0 ? cidr : cidr.substring(0, slash));
        byte[] address = bytes(ip);
        if (network.length != address.length) {
            return false;
        }
        int host = slash < 0 ? 0 : network.length * 8 - prefix(cidr, slash);
        return new BigInteger(1, network).shiftRight(host).equals(new BigInteger(1, address).shiftRight(host));
    }

    private static int prefix(String text, int slash) {
        try {
            return Integer.parseUnsignedInt(text, slash + 1, text.length(), 10);
        } catch (NumberFormatException e) {
            throw invalid(text);
        }
    }

    private static byte[] bytes(String text) {
        if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
            throw invalid(text);
        }
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            throw invalid(text);
        }
    }

    private static DriverException invalid(String text) {
        return DriverException.of(Code.INVALID, "Not an address: " + text);
    }
}
