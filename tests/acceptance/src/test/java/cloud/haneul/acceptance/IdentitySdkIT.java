package cloud.haneul.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Identity by the unmodified openstacksdk: the tests of {@code sdk/identity.py}, in the Python whose packages are the distribution's. */
@Timeout(600)
class IdentitySdkIT {
    @RegisterExtension
    static final SharedCloud CLOUD = SharedCloud.simulated();

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PYTHON = "/usr/bin/python3";

    @TestFactory
    Stream<DynamicTest> openStackSdk() {
        OpenStack.missing().ifPresent(Assumptions::abort);
        OpenStack client = CLOUD.cloud().openstack("admin");
        Assumptions.assumeTrue(
                Shell.run(PYTHON, "-c", "import openstack").worked(),
                "openstacksdk is not installed (apt-get install python3-openstacksdk)");

        Shell ran = client.python(PYTHON, "sdk/identity.py");

        List<JsonNode> tests = new ArrayList<>();
        ran.out().lines().map(IdentitySdkIT::read).forEach(tests::add);
        assertThat(tests).as(ran.toString()).hasSizeGreaterThan(15);
        assertThat(ran.worked()).as(ran.toString()).isEqualTo(tests.stream().allMatch(test -> wrong(test)
                .isEmpty()));
        return tests.stream()
                .map(test -> dynamicTest(test.path("test").asText(), () -> assertThat(wrong(test))
                        .isEmpty()));
    }

    private static String wrong(JsonNode test) {
        return test.path("wrong").asText("nothing was said");
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(line, e);
        }
    }
}
