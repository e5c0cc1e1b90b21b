package cloud.haneul.network;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** An IPv4 or IPv6 address; its text is the canonical one (RFC 5952), so equal addresses are equal texts. Never asks DNS. */
record Ip(int version, BigInteger value) implements Comparable<Ip> {
    private static final Pattern V4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");

    static Optional<Ip> parse(String text) {
        return text.indexOf(':') >= 0 ? v6(text) : v4(text);
    }

    private static Optional<Ip> v4(String text) {
        var matcher = V4.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long value = 0;
        for (int i = 1; i <= 4; i++) {
            String digits = matcher.group(i);
            int part = Integer.parseInt(digits);
            // 010 is 8 to some programs and 10 to others
            if (part > 255 || (digits.length() > 1 && digits.startsWith("0"))) {
                return Optional.empty();
            }
            value = value << 8 | part;
        }
        return Optional.of(new Ip(4, BigInteger.valueOf(value)));
    }

    private static Optional<Ip> v6(String text) {
        int gap = text.indexOf("::");
        if (gap != text.lastIndexOf("::") || text.contains(":::")) {
            return Optional.empty();
        }
        List<String> head = groups(gap < 0 ? text : text.substring(0, gap));
        List<String> tail = gap < 0 ? List.of() : groups(text.substring(gap + 2));
        int missing = 8 - head.size() - tail.size();
        if (gap < 0 ? missing != 0 : missing < 1) {
            return Optional.empty();
        }
        List<String> all = new ArrayList<>(head);
        for (int i = 0; i < missing; i++) {
            all.add("0");
        }
        all.addAll(tail);
        BigInteger value = BigInteger.ZERO;
        for (String group : all) {
            if (!GROUP.matcher(group).matches()) {
                return Optional.empty();
            }
            value = value.shiftLeft(16).or(BigInteger.valueOf(Integer.parseInt(group, 16)));
        }
        return Optional.of(new Ip(6, value));
    }

    private static List<String> groups(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> groups = new ArrayList<>(Arrays.asList(text.split(":", -1)));
        String last = groups.get(groups.size() - 1);
        if (last.indexOf('.') >= 0) {
            v4(last).ifPresent(dotted -> {
                groups.remove(groups.size() - 1);
                groups.add(Integer.toHexString(dotted.value.intValue() >>> 16));
                groups.add(Integer.toHexString(dotted.value.intValue() & 0xffff));
            });
        }
        return groups;
    }

    int bits() {
        return version == 4 ? 32 : 128;
    }

    Ip plus(long offset) {
        return new Ip(version, value.add(BigInteger.valueOf(offset)));
    }

    @Override
    public int compareTo(Ip other) {
        return version == other.version ? value.compareTo(other.value) : Integer.compare(version, other.version);
    }

    @Override
    public String toString() {
        if (version == 4) {
            long v = value.longValue();
            return (v >> 24 & 255) + "." + (v >> 16 & 255) + "." + (v >> 8 & 255) + "." + (v & 255);
        }
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = value.shiftRight(16 * (7 - i)).intValue() & 0xffff;
        }
        int gapStart = -1;
        int gapLength = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > gapLength) {
                gapStart = i;
                gapLength = end - i;
            }
            i = Math.max(i, end - 1);
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == gapStart) {
                out.append("::");
                i += gapLength - 1;
                continue;
            }
            if (out.length() > 0 && !out.toString().endsWith(":")) {
                out.append(':');
            }
            out.append(Integer.toHexString(groups[i]));
        }
        return out.toString();
    }
}
