package cloud.haneul.driver.libvirt;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import org.libvirt.jna.SizeT;

/** libvirt functions that the Java binding lacks. Names and signatures are libvirt's own. */
interface MissingCalls extends Library {
    MissingCalls LIBVIRT = Native.load("virt", MissingCalls.class);

    int STREAM_NONBLOCK = 1;
    int CONSOLE_FORCE = 1;
    int ALL_CELLS = -1;
    /** Bytes of {@code struct virNodeMemoryStats}: a name of 80 characters and a number. */
    int MEMORY_STATS_SIZE = 88;

    int MEMORY_STATS_NAME = 80;

    int virNodeGetMemoryStats(Pointer connection, int cell, Pointer stats, IntByReference count, int flags);

    Pointer virStoragePoolLookupByName(Pointer connection, String name);

    int virStoragePoolFree(Pointer pool);

    int virStoragePoolListAllVolumes(Pointer pool, PointerByReference volumes, int flags);

    String virStorageVolGetName(Pointer volume);

    int virStorageVolFree(Pointer volume);

    Pointer virDomainLookupByUUIDString(Pointer connection, String uuid);

    int virDomainFree(Pointer domain);

    int virDomainOpenConsole(Pointer domain, String device, Pointer stream, int flags);

    Pointer virStreamNew(Pointer connection, int flags);

    int virStreamSend(Pointer stream, Pointer data, SizeT length);

    int virStreamRecv(Pointer stream, Pointer data, SizeT length);

    int virStreamAbort(Pointer stream);

    int virStreamFree(Pointer stream);
}
