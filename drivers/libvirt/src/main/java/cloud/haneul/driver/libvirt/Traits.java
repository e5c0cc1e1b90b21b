package cloud.haneul.driver.libvirt;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Names of placement's trait list for what guests find on a host. */
final class Traits {
    private static final Set<String> ALWAYS = Set.of(
            "COMPUTE_GRAPHICS_MODEL_VGA",
            "COMPUTE_GRAPHICS_MODEL_VIRTIO",
            "COMPUTE_NET_VIF_MODEL_VIRTIO",
            "COMPUTE_NET_VIF_MODEL_E1000",
            "COMPUTE_NET_VIF_MODEL_RTL8139",
            "COMPUTE_STORAGE_BUS_VIRTIO",
            "COMPUTE_STORAGE_BUS_SCSI",
            "COMPUTE_STORAGE_BUS_SATA",
            "COMPUTE_STORAGE_BUS_IDE",
            "COMPUTE_IMAGE_TYPE_QCOW2",
            "COMPUTE_IMAGE_TYPE_RAW");

    private static final Map<String, String> CPU_FEATURES = Map.ofEntries(
            Map.entry("ssse3", "HW_CPU_X86_SSSE3"),
            Map.entry("sse4.1", "HW_CPU_X86_SSE41"),
            Map.entry("sse4.2", "HW_CPU_X86_SSE42"),
            Map.entry("aes", "HW_CPU_X86_AESNI"),
            Map.entry("avx", "HW_CPU_X86_AVX"),
            Map.entry("avx2", "HW_CPU_X86_AVX2"),
            Map.entry("avx512f", "HW_CPU_X86_AVX512F"),
            Map.entry("bmi1", "HW_CPU_X86_BMI"),
            Map.entry("bmi2", "HW_CPU_X86_BMI2"),
            Map.entry("f16c", "HW_CPU_X86_F16C"),
            Map.entry("fma", "HW_CPU_X86_FMA3"),
            Map.entry("pclmuldq", "HW_CPU_X86_CLMUL"),
            Map.entry("sha-ni", "HW_CPU_X86_SHA"),
            Map.entry("vmx", "HW_CPU_X86_VMX"),
            Map.entry("svm", "HW_CPU_X86_SVM"));

    private Traits() {}

    /** The host's CPU features matter to guests only when they run on that CPU, that is with KVM. */
    static Set<String> of(XmlView capabilities, boolean kvm) {
        Set<String> traits = new TreeSet<>(ALWAYS);
        if (kvm) {
            for (XmlView feature : capabilities.all("host", "cpu", "feature")) {
                feature.attribute("name").map(CPU_FEATURES::get).ifPresent(traits::add);
            }
        }
        return traits;
    }
}
