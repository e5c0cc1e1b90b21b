package cloud.haneul.driver.libvirt;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.spi.DriverException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ImageHeaderTest {

    @Test
    void aPlainQcow2ImageIsAccepted() {
        assertThatCode(() -> check(header(2, 0, 0))).doesNotThrowAnyException();
        assertThatCode(() -> check(header(3, 0, 1))).doesNotThrowAnyException();
    }

    @Test
    void anImageOverABackingFileIsRefused() {
        assertThatThrownBy(() -> check(header(3, 0x200, 0)))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("another file");
    }

    @Test
    void anImageWithItsDataElsewhereIsRefused() {
        assertThatThrownBy(() -> check(header(3, 0, 4)))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("another file");
    }

    @Test
    void whatIsNoQcow2IsRefusedAsQcow2AndFineAsRaw() {
        byte[] text = new byte[200];
        assertThatThrownBy(() -> check(text))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("qcow2");
        assertThatThrownBy(() -> ImageHeader.check("qcow2", new byte[3], 3)).isInstanceOf(DriverException.class);
        assertThatCode(() -> ImageHeader.check("raw", text, 200)).doesNotThrowAnyException();
    }

    @Test
    void formatsQemuWouldHaveToGuessAreRefused() {
        assertThatThrownBy(() -> ImageHeader.checkFormat("vmdk"))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("vmdk");
    }

    private static void check(byte[] bytes) {
        ImageHeader.check("qcow2", bytes, bytes.length);
    }

    private static byte[] header(int version, long backingOffset, long incompatible) {
        return ByteBuffer.allocate(512)
                .putInt(0x514649fb)
                .putInt(version)
                .putLong(backingOffset)
                .putLong(72, incompatible)
                .array();
    }
}
