package cloud.haneul.driver.simulator;

import cloud.haneul.spi.compute.DomainSpec;

/** What a simulated guest says on its serial line while it comes up. */
final class Boot {
    private Boot() {}

    static String messages(String host, Machine machine) {
        StringBuilder text = new StringBuilder(512);
        text.append("[    0.000000] Linux version 6.1.0-simulated (haneul@")
                .append(host)
                .append(")\n");
        text.append("[    0.000000] Command line: root=/dev/vda1 console=tty0 console=ttyS0\n");
        DomainSpec domain = machine.domain().orElseThrow();
        text.append("[    0.021000] smp: Brought up ")
                .append(domain.vcpus())
                .append(" CPU, memory ")
                .append(domain.memoryMib())
                .append(" MiB\n");
        int index = 0;
        for (DomainSpec.Nic nic : domain.nics()) {
            text.append("[    0.310000] virtio_net eth")
                    .append(index++)
                    .append(": ")
                    .append(nic.mac())
                    .append(", mtu ")
                    .append(nic.mtu())
                    .append('\n');
        }
        if (domain.configDrive()) {
            text.append("[    0.480000] cloud-init: config drive found, host name ")
                    .append(machine.hostName())
                    .append('\n');
        }
        return text.append('\n')
                .append("Haneul simulated guest ttyS0\n\n")
                .append(prompt(machine))
                .toString();
    }

    static String prompt(Machine machine) {
        return machine.hostName() + " login: ";
    }
}
