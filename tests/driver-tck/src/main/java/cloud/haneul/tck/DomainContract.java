package cloud.haneul.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.compute.DomainSpec;
import cloud.haneul.spi.compute.DomainState;
import cloud.haneul.spi.compute.HostFacts;
import cloud.haneul.spi.compute.PowerAction;
import cloud.haneul.spi.compute.PowerState;
import cloud.haneul.spi.compute.VifAttachment;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Hosts and domains: what the host says of itself, defining, observing, removing, and what outlives the controller. */
public interface DomainContract extends HypervisorUnderTest {

    @Test
    default void aHostSaysWhatItIsAndHas() {
        HostFacts facts = driver().facts();
        assertThat(facts.hostName()).isNotBlank();
        assertThat(facts.networkHost()).isNotBlank();
        assertThat(facts.architecture()).isNotBlank();
        assertThat(facts.hypervisorType()).isNotBlank();
        assertThat(facts.hypervisorVersion()).isPositive();
        assertThat(facts.cpus()).isPositive();
        assertThat(facts.memoryMib()).isPositive();
        assertThat(facts.diskGib()).isPositive();
        assertThat(facts.traits()).allMatch(trait -> trait.matches("[A-Z0-9_]+"));
        assertThat(driver().facts().hostName()).isEqualTo(facts.hostName());
    }

    @Test
    default void theHostAcceptsTheAttachmentsOfTheTest() {
        attachment(UUID.randomUUID()).ifPresent(attachment -> assertThat(driver().acceptedVifs())
                .anyMatch(type -> type.isInstance(attachment)));
    }

    @Test
    default void anAttachmentTheHostDoesNotAcceptIsRefused() {
        List<VifAttachment> all = List.of(
                new VifAttachment.OvsPort("br-int", "tck", true),
                new VifAttachment.BridgeTap("br-tck"),
                new VifAttachment.Simulated("tck"));
        for (VifAttachment attachment : all) {
            if (driver().acceptedVifs().stream().noneMatch(type -> type.isInstance(attachment))) {
                UUID server = UUID.randomUUID();
                prepare(server, image());
                DomainSpec spec = specification(server);
                DomainSpec.Nic nic = new DomainSpec.Nic(UUID.randomUUID(), "fa:16:3e:00:00:01", 0, attachment);
                Refusal.of(
                        () -> driver().define(new DomainSpec(
                                server,
                                spec.name(),
                                spec.displayName(),
                                spec.projectId(),
                                1,
                                memoryMib(),
                                List.of(nic),
                                false,
                                domainProperties())),
                        DriverException.Code.UNSUPPORTED,
                        DriverException.Code.INVALID);
                assertThat(driver().observe(server)).isEmpty();
            }
        }
    }

    @Test
    default void aDefinedDomainIsShutOff() {
        UUID server = defined();
        assertPower(server, PowerState.SHUT_OFF);
    }

    @Test
    default void definingTheSameAgainChangesNothing() {
        UUID server = defined();
        driver().define(specification(server));
        assertPower(server, PowerState.SHUT_OFF);
        power(server, PowerAction.START);
        driver().define(specification(server));
        assertPower(server, PowerState.RUNNING);
        assertThat(driver().observeAll()).hasSize(1);
    }

    @Test
    default void definingAnotherSpecificationReplacesADomainThatIsOff() {
        UUID server = defined();
        driver().define(withMemory(specification(server), memoryMib() * 2));
        assertThat(driver().observeAll()).containsExactly(new DomainState(server, PowerState.SHUT_OFF));
        power(server, PowerAction.START);
        assertPower(server, PowerState.RUNNING);
    }

    @Test
    default void definingAnotherSpecificationDoesNotDisturbARunningGuest() {
        UUID server = running();
        Throwable failure = catchThrowable(() -> driver().define(withMemory(specification(server), memoryMib() * 2)));
        if (failure != null) {
            Refusal.of(
                    () -> {
                        throw failure;
                    },
                    DriverException.Code.CONFLICT);
        }
        assertPower(server, PowerState.RUNNING);
    }

    @Test
    default void anUnknownDomainIsObservedAsAbsent() {
        assertThat(driver().observe(UUID.randomUUID())).isEmpty();
        assertThat(driver().observeAll()).isEmpty();
    }

    @Test
    default void aRunningDomainCanBeUndefinedWhichKeepsItsDisks() {
        UUID server = running();
        driver().undefine(server);
        assertThat(driver().observe(server)).isEmpty();
        assertThat(driver().observeAll()).isEmpty();
        assertThat(driver().serversWithDisks()).containsExactly(server);
        driver().undefine(server);
    }

    @Test
    default void aPausedDomainCanBeUndefined() {
        UUID server = running();
        power(server, PowerAction.PAUSE);
        driver().undefine(server);
        assertThat(driver().observe(server)).isEmpty();
    }

    @Test
    default void anUndefinedDomainCanBeDefinedOnItsOldDisks() {
        UUID server = running();
        driver().undefine(server);
        driver().define(specification(server));
        power(server, PowerAction.START);
        assertPower(server, PowerState.RUNNING);
    }

    @Test
    default void undefiningWhatNeverWasSucceeds() {
        driver().undefine(UUID.randomUUID());
    }

    @Test
    default void domainsAndDisksOutliveTheController() {
        UUID off = defined();
        UUID running = running();
        UUID paused = running();
        power(paused, PowerAction.PAUSE);
        UUID disksOnly = UUID.randomUUID();
        prepare(disksOnly, image());
        reopen();
        assertThat(driver().observeAll())
                .containsExactlyInAnyOrder(
                        new DomainState(off, PowerState.SHUT_OFF),
                        new DomainState(running, PowerState.RUNNING),
                        new DomainState(paused, PowerState.PAUSED));
        assertThat(driver().serversWithDisks()).containsExactlyInAnyOrder(off, running, paused, disksOnly);
        driver().define(specification(off));
        power(off, PowerAction.START);
        power(running, PowerAction.FORCE_OFF);
        power(paused, PowerAction.RESUME);
        assertPower(off, PowerState.RUNNING);
        assertPower(running, PowerState.SHUT_OFF);
        assertPower(paused, PowerState.RUNNING);
    }

    @Test
    default void manyThreadsBuildAndRemoveServersAtOnce() {
        Crowd.of(crowd(), member -> {
            UUID server = running();
            assertPower(server, PowerState.RUNNING);
            driver().undefine(server);
            driver().removeDisks(server);
            assertThat(driver().observe(server)).isEmpty();
        });
        assertThat(driver().observeAll()).isEmpty();
        assertThat(driver().serversWithDisks()).isEmpty();
    }

    @Test
    default void manyThreadsThatAskForTheSameGetOneDomain() {
        UUID server = UUID.randomUUID();
        prepare(server, image());
        Crowd.of(crowd(), member -> untilNotBusy(() -> driver().define(specification(server))));
        Crowd.of(crowd(), member -> untilNotBusy(() -> power(server, PowerAction.START)));
        assertThat(driver().observeAll()).containsExactly(new DomainState(server, PowerState.RUNNING));
    }

    /** BUSY means call again; the core does so. */
    private void untilNotBusy(Runnable call) {
        org.awaitility.Awaitility.await().atMost(patience()).until(() -> {
            try {
                call.run();
                return true;
            } catch (DriverException e) {
                if (e.code() == DriverException.Code.BUSY) {
                    return false;
                }
                throw e;
            }
        });
    }
}
