package cloud.haneul.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** VMDK: only sparse files with their descriptor inside, of the two kinds that name no other file. */
final class VmdkInspector {
    private static final Set<String> KINDS = Set.of("monolithicsparse", "streamoptimized");
    private static final Pattern KIND = Pattern.compile("(?m)^\\s*createType\\s*=\\s*\"([^\"]*)\"");
    private static final Pattern EXTENT =
            Pattern.compile("(?m)^\\s*(?:RW|RDONLY|NOACCESS)\\s+(\\d+)\\s+(\\S+)(?:\\s+\"([^\"]*)\")?.*$");
    private static final int DESCRIPTOR_MAX = 1 << 20;

    private VmdkInspector() {}

    static long inspect(FileChannel channel, ByteBuffer head) throws IOException {
        if (!FormatInspector.starts(head, 0, "KDMV")) {
            throw FormatInspector.rejected("a VMDK must hold its data itself: a descriptor alone names other files");
        }
        if (head.limit() < 512) {
            throw FormatInspector.rejected("its VMDK header is cut off");
        }
        head.order(ByteOrder.LITTLE_ENDIAN);
        long capacity = head.getLong(12);
        long descriptorAt = head.getLong(28) * 512;
        long descriptorLength = head.getLong(36) * 512;
        if (descriptorAt <= 0
                || descriptorLength <= 0
                || descriptorLength > DESCRIPTOR_MAX
                || descriptorAt + descriptorLength > channel.size()) {
            throw FormatInspector.rejected("its VMDK descriptor is missing or damaged");
        }
        ByteBuffer bytes = FormatInspector.read(channel, descriptorAt, (int) descriptorLength);
        String text = StandardCharsets.ISO_8859_1.decode(bytes).toString();
        int end = text.indexOf('\0');
        check(end < 0 ? text : text.substring(0, end));
        if (capacity < 0 || capacity > Long.MAX_VALUE / 512) {
            throw FormatInspector.rejected("its VMDK capacity is impossible");
        }
        return capacity * 512;
    }

    private static void check(String descriptor) {
        Matcher kind = KIND.matcher(descriptor);
        if (!kind.find() || !KINDS.contains(kind.group(1).toLowerCase(Locale.ROOT))) {
            throw FormatInspector.rejected(
                    "VMDK kinds other than monolithicSparse and streamOptimized may name other files");
        }
        if (kind.find()) {
            throw FormatInspector.rejected("its VMDK descriptor says twice what kind it is");
        }
        if (descriptor.toLowerCase(Locale.ROOT).contains("parentfilenamehint")) {
            throw FormatInspector.rejected("it has a parent file");
        }
        Matcher extent = EXTENT.matcher(descriptor);
        int extents = 0;
        while (extent.find()) {
            extents++;
            String name = extent.group(3) == null ? "" : extent.group(3);
            if (!extent.group(2).equalsIgnoreCase("SPARSE") || name.contains("/") || name.contains("\\")) {
                throw FormatInspector.rejected("a VMDK extent names another file");
            }
        }
        if (extents != 1) {
            throw FormatInspector.rejected("a VMDK must have exactly one extent");
        }
    }
}
