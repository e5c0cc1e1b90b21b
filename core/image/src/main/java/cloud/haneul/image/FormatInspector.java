package cloud.haneul.image;

import cloud.haneul.kernel.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;

/**
 * Looks what an image really is. Data that is not what it is declared to be, and every format feature that makes a hypervisor read
 * another file, is refused: the file would be read with the cloud's rights, not the tenant's.
 */
final class FormatInspector {
    private static final int HEAD = 72 * 1024;
    private static final long SECTOR = 512;
    /** Kernels and initial file systems are data to us, as raw disks are. */
    private static final Set<String> PLAIN = Set.of("raw", "ami", "ari", "aki");

    private FormatInspector() {}

    /**
     * @return size of the disk in bytes as a guest sees it
     * @throws Fault BAD_REQUEST, saying what is wrong
     */
    static long inspect(Path file, String declared) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long length = channel.size();
            if (length == 0) {
                throw rejected("it is empty");
            }
            ByteBuffer head = read(channel, 0, (int) Math.min(HEAD, length));
            String found = found(channel, head, length);
            boolean matches = PLAIN.contains(declared) ? found.equals("raw") : found.equals(declared);
            if (!matches) {
                throw rejected("it was declared " + declared + ", but its content is " + found);
            }
            return switch (found) {
                case "qcow2" -> qcow2(channel, head);
                case "vmdk" -> VmdkInspector.inspect(channel, head);
                case "vhd" -> vhd(channel, length);
                case "vdi" -> vdi(head);
                default -> (length + SECTOR - 1) / SECTOR * SECTOR;
            };
        }
    }

    private static String found(FileChannel channel, ByteBuffer head, long length) throws IOException {
        if (starts(head, 0, "QFI\u00fb")) {
            return "qcow2";
        }
        if (starts(head, 0, "KDMV") || starts(head, 0, "COWD") || descriptor(head)) {
            return "vmdk";
        }
        if (starts(head, 0, "vhdxfile")) {
            return "vhdx";
        }
        if (starts(head, 0, "QED\0")) {
            return "qed";
        }
        if (starts(head, 0, "LUKS\u00ba\u00be")) {
            return "luks";
        }
        if (head.limit() >= 0x44 && head.order(ByteOrder.LITTLE_ENDIAN).getInt(0x40) == 0xbeda107f) {
            return "vdi";
        }
        if (starts(head, 0x8001, "CD001")) {
            return "iso";
        }
        return starts(head, 0, "conectix")
                        || (length >= SECTOR && starts(read(channel, length - SECTOR, 512), 0, "conectix"))
                ? "vhd"
                : "raw";
    }

    private static boolean descriptor(ByteBuffer head) {
        byte[] start = new byte[Math.min(head.limit(), 2048)];
        head.duplicate().get(0, start);
        return new String(start, StandardCharsets.ISO_8859_1).stripLeading().startsWith("# Disk DescriptorFile");
    }

    /** qcow2's own specification, sections "Header" and "Header extensions". */
    private static long qcow2(FileChannel channel, ByteBuffer head) throws IOException {
        if (head.limit() < 72) {
            throw rejected("its qcow2 header is cut off");
        }
        head.order(ByteOrder.BIG_ENDIAN);
        int version = head.getInt(4);
        if (version < 2 || version > 3) {
            throw rejected("qcow2 version " + version + " is not supported");
        }
        if (head.getLong(8) != 0) {
            throw rejected("it has a backing file");
        }
        long size = head.getLong(24);
        if (size < 0) {
            throw rejected("its size is negative");
        }
        if (version == 3) {
            if (head.limit() < 104) {
                throw rejected("its qcow2 header is cut off");
            }
            long incompatible = head.getLong(72);
            if ((incompatible & 4) != 0) {
                throw rejected("it has an external data file");
            }
            // dirty, corrupt, (data file), compression type, extended L2 entries
            if ((incompatible & ~0x1bL) != 0) {
                throw rejected("it uses unknown incompatible qcow2 features");
            }
            extensions(head, head.getInt(100));
        }
        return size;
    }

    private static void extensions(ByteBuffer head, int headerLength) {
        int at = headerLength;
        while (at >= 104 && at + 8 <= head.limit()) {
            int type = head.getInt(at);
            int length = head.getInt(at + 4);
            if (type == 0) {
                return;
            }
            if (type == 0x44415441) {
                throw rejected("it has an external data file");
            }
            if (length < 0 || length > HEAD) {
                throw rejected("its qcow2 header extensions are damaged");
            }
            at += 8 + (length + 7) / 8 * 8;
        }
    }

    private static long vhd(FileChannel channel, long length) throws IOException {
        ByteBuffer footer = read(channel, length - SECTOR, 512);
        if (!starts(footer, 0, "conectix")) {
            throw rejected("its VHD footer is missing");
        }
        footer.order(ByteOrder.BIG_ENDIAN);
        int type = footer.getInt(60);
        if (type != 2 && type != 3) {
            throw rejected(
                    type == 4 ? "it is a differencing VHD: it has a parent" : "VHD type " + type + " is not supported");
        }
        return footer.getLong(48);
    }

    private static long vdi(ByteBuffer head) {
        head.order(ByteOrder.LITTLE_ENDIAN);
        if (head.limit() < 0x178) {
            throw rejected("its VDI header is cut off");
        }
        int type = head.getInt(0x4c);
        if (type != 1 && type != 2) {
            throw rejected("it is a differencing VDI: it has a parent");
        }
        return head.getLong(0x170);
    }

    static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) > 0) {
            continue;
        }
        buffer.flip();
        return buffer;
    }

    static boolean starts(ByteBuffer buffer, int at, String latin1) {
        if (buffer.limit() < at + latin1.length()) {
            return false;
        }
        for (int i = 0; i < latin1.length(); i++) {
            if ((buffer.get(at + i) & 0xff) != latin1.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static Fault rejected(String why) {
        return Fault.badRequest("disk_format", "Image rejected: " + why + ".");
    }
}
