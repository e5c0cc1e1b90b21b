package cloud.haneul.compute;

import cloud.haneul.kernel.Fault;
import com.github.stephenc.javaisotools.iso9660.ConfigException;
import com.github.stephenc.javaisotools.iso9660.ISO9660Directory;
import com.github.stephenc.javaisotools.iso9660.ISO9660File;
import com.github.stephenc.javaisotools.iso9660.ISO9660RootDirectory;
import com.github.stephenc.javaisotools.iso9660.impl.CreateISO;
import com.github.stephenc.javaisotools.iso9660.impl.ISO9660Config;
import com.github.stephenc.javaisotools.joliet.impl.JolietConfig;
import com.github.stephenc.javaisotools.rockridge.impl.RockRidgeConfig;
import com.github.stephenc.javaisotools.sabre.HandlerException;
import com.github.stephenc.javaisotools.sabre.impl.ByteArrayDataReference;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Makes small ISO 9660 images with Rock Ridge and Joliet names. */
final class IsoImage {
    private IsoImage() {}

    /** @param files content by path, such as {@code openstack/latest/meta_data.json} */
    static byte[] of(String label, Map<String, byte[]> files) {
        IsoBuffer image = new IsoBuffer();
        try {
            new CreateISO(image, root(files)).process(plain(label), rockRidge(), joliet(label), null);
        } catch (HandlerException | ConfigException | IOException e) {
            throw Fault.internal("The config drive could not be made", e);
        }
        return image.toByteArray();
    }

    private static ISO9660RootDirectory root(Map<String, byte[]> files) throws HandlerException {
        ISO9660RootDirectory root = new ISO9660RootDirectory();
        Map<String, ISO9660Directory> folders = new HashMap<>();
        folders.put("", root);
        for (Map.Entry<String, byte[]> entry : files.entrySet()) {
            int slash = entry.getKey().lastIndexOf('/');
            ISO9660Directory folder =
                    folder(folders, slash < 0 ? "" : entry.getKey().substring(0, slash));
            folder.addFile(new ISO9660File(
                    new ByteArrayDataReference(entry.getValue()), entry.getKey().substring(slash + 1), 0));
        }
        return root;
    }

    private static ISO9660Directory folder(Map<String, ISO9660Directory> folders, String path) {
        ISO9660Directory known = folders.get(path);
        if (known != null) {
            return known;
        }
        int slash = path.lastIndexOf('/');
        ISO9660Directory parent = folder(folders, slash < 0 ? "" : path.substring(0, slash));
        ISO9660Directory made = parent.addDirectory(path.substring(slash + 1));
        folders.put(path, made);
        return made;
    }

    private static ISO9660Config plain(String label) throws HandlerException, ConfigException {
        ISO9660Config config = new ISO9660Config();
        config.allowASCII(true);
        config.setInterchangeLevel(1);
        config.restrictDirDepthTo8(true);
        config.setVolumeID(label);
        config.forceDotDelimiter(true);
        return config;
    }

    private static RockRidgeConfig rockRidge() {
        RockRidgeConfig config = new RockRidgeConfig();
        config.setMkisofsCompatibility(false);
        config.hideMovedDirectoriesStore(true);
        config.forcePortableFilenameCharacterSet(true);
        return config;
    }

    private static JolietConfig joliet(String label) throws HandlerException, ConfigException {
        JolietConfig config = new JolietConfig();
        config.setVolumeID(label);
        config.forceDotDelimiter(false);
        return config;
    }
}
