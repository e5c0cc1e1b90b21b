package cloud.haneul.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Reads the image as a guest does: by its volume descriptors and directory records (ECMA-119 sections 8 and 9, Joliet). */
class IsoImageTest {
    private static final int SECTOR = 2048;
    private static final int FIRST_DESCRIPTOR = 16;
    private static final int PRIMARY = 1;
    private static final int SUPPLEMENTARY = 2;

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    IsoImageTest() {
        byte[] large = new byte[100_000];
        new Random(1).nextBytes(large);
        files.put("openstack/latest/meta_data.json", "{\"name\": \"하늘\"}".getBytes(StandardCharsets.UTF_8));
        files.put("openstack/latest/user_data", large);
        files.put("openstack/2018-08-27/empty", new byte[0]);
    }

    @Test
    void aGuestFindsEachFileByItsWholeName() {
        ByteBuffer image = image();
        Map<String, byte[]> found = new TreeMap<>();
        collect(image, root(image, SUPPLEMENTARY), "", StandardCharsets.UTF_16BE, found);
        assertThat(found).containsOnlyKeys(files.keySet());
        files.forEach((name, content) -> assertThat(found.get(name)).as(name).isEqualTo(content));
    }

    @Test
    void theOldTreeHasTheSameContents() {
        ByteBuffer image = image();
        Map<String, byte[]> found = new TreeMap<>();
        collect(image, root(image, PRIMARY), "", StandardCharsets.US_ASCII, found);
        assertThat(found.values()).containsExactlyInAnyOrderElementsOf(files.values());
    }

    @Test
    void itIsWholeAndHasItsLabel() {
        ByteBuffer image = image();
        int sectors = image.getInt(FIRST_DESCRIPTOR * SECTOR + 80);
        assertThat(image.limit()).isEqualTo(sectors * SECTOR);
        byte[] label = new byte[32];
        image.get(FIRST_DESCRIPTOR * SECTOR + 40, label);
        assertThat(new String(label, StandardCharsets.US_ASCII).strip()).isEqualToIgnoringCase("config-2");
    }

    private ByteBuffer image() {
        return ByteBuffer.wrap(IsoImage.of("config-2", files)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Where the root directory's record is. */
    private static int root(ByteBuffer image, int type) {
        int sector = FIRST_DESCRIPTOR;
        while (image.get(sector * SECTOR) != type) {
            sector++;
        }
        return sector * SECTOR + 156;
    }

    private static void collect(
            ByteBuffer image, int record, String above, Charset charset, Map<String, byte[]> found) {
        int start = image.getInt(record + 2) * SECTOR;
        int length = image.getInt(record + 10);
        for (int at = start; at < start + length; ) {
            int size = Byte.toUnsignedInt(image.get(at));
            if (size == 0) {
                // no record crosses a sector
                at = (at / SECTOR + 1) * SECTOR;
                continue;
            }
            byte[] name = new byte[Byte.toUnsignedInt(image.get(at + 32))];
            image.get(at + 33, name);
            boolean itselfOrAbove = name.length == 1 && name[0] <= 1;
            String path = above + new String(name, charset).replaceAll("\\.?;1$", "");
            if ((image.get(at + 25) & 2) == 0) {
                byte[] content = new byte[image.getInt(at + 10)];
                image.get(image.getInt(at + 2) * SECTOR, content);
                found.put(path, content);
            } else if (!itselfOrAbove) {
                collect(image, at, path + "/", charset, found);
            }
            at += size;
        }
    }
}
