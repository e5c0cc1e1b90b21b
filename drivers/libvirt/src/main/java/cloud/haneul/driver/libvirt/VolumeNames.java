package cloud.haneul.driver.libvirt;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.util.ArrayList;
import java.util.List;
import org.libvirt.Error;
import org.libvirt.jna.Libvirt;
import org.libvirt.jna.virError;

/**
 * Lists a pool's volumes in one call. The binding's own way asks for the number first and misses volumes that are made between
 * its two calls.
 */
final class VolumeNames {
    private VolumeNames() {}

    static List<String> in(HostConnect connect, String pool) {
        MissingCalls libvirt = MissingCalls.LIBVIRT;
        Pointer open = libvirt.virStoragePoolLookupByName(connect.pointer(), pool);
        if (open == null) {
            throw failure();
        }
        try {
            PointerByReference volumes = new PointerByReference();
            int count = libvirt.virStoragePoolListAllVolumes(open, volumes, 0);
            if (count < 0) {
                throw failure();
            }
            List<String> names = new ArrayList<>(count);
            Pointer array = volumes.getValue();
            for (int i = 0; i < count; i++) {
                Pointer volume = array.getPointer((long) i * Native.POINTER_SIZE);
                names.add(libvirt.virStorageVolGetName(volume));
                libvirt.virStorageVolFree(volume);
            }
            Native.free(Pointer.nativeValue(array));
            return names;
        } finally {
            libvirt.virStoragePoolFree(open);
        }
    }

    private static RuntimeException failure() {
        virError last = Libvirt.INSTANCE.virGetLastError();
        return Errors.calling("listing volumes", last == null ? null : new Error(last), null);
    }
}
