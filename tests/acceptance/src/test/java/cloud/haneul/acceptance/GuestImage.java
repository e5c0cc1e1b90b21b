package cloud.haneul.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Disk images to upload: the guest that boots, where it was built, and small ones, good and evil, made here. */
final class GuestImage {
    static final String VARIABLE = "HANEUL_TEST_IMAGE";
    private static final int CLUSTER = 1 << 16;

    private GuestImage() {}

    /** The bootable guest; without one an empty disk, which is as good on the simulator. */
    static Path bootable() {
        return BackEnds.value(VARIABLE)
                .map(Path::of)
                .filter(file -> file.toString().endsWith(".qcow2") && Files.isReadable(file))
                .orElseGet(() -> qcow2("empty.qcow2", ""));
    }

    /** For {@code image create --disk-format}. */
    static Path raw(String name, int bytes) {
        byte[] content = new byte[bytes];
        content[510] = 0x55;
        content[511] = (byte) 0xaa;
        return write(name, content);
    }

    /** An empty disk of 64 MiB; with a backing file named, one that shows its reader that file. */
    static Path qcow2(String name, String backingFile) {
        byte[] backing = backingFile.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(4 * CLUSTER);
        file.put(new byte[] {'Q', 'F', 'I', (byte) 0xfb}).putInt(2);
        file.putLong(backing.length == 0 ? 0 : 1024).putInt(backing.length);
        file.putInt(16).putLong(64L << 20).putInt(0);
        // the L1 table, the refcount table with its one block, no snapshots
        file.putInt(1)
                .putLong(3L * CLUSTER)
                .putLong(CLUSTER)
                .putInt(1)
                .putInt(0)
                .putLong(0);
        file.put(1024, backing);
        file.putLong(CLUSTER, 2L * CLUSTER);
        for (int cluster = 0; cluster < 4; cluster++) {
            file.putShort(2 * CLUSTER + 2 * cluster, (short) 1);
        }
        return write(name, file.array());
    }

    static Path vmdkDescriptor(String name, String extent) {
        return write(name, """
                # Disk DescriptorFile
                version=1
                CID=fffffffe
                parentCID=ffffffff
                createType="monolithicFlat"
                RW 204800 FLAT "%s" 0
                """.formatted(extent).getBytes(StandardCharsets.UTF_8));
    }

    private static Path write(String name, byte[] content) {
        try {
            return Files.write(
                    Files.createDirectories(Path.of("target", "images")).resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
