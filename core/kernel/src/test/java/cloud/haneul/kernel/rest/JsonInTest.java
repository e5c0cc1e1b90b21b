package cloud.haneul.kernel.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cloud.haneul.kernel.Fault;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class JsonInTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aTextThatIsTooShortIsToldInNovasWords() {
        Fault fault =
                refused("{'server':{'name':''}}", in -> in.object("server").text("name", 1, 255));

        assertThat(fault).hasMessage("Invalid input for field/attribute name. Value: . '' is too short");
        assertThat(fault.field()).contains("server/name");
        assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_REQUEST);
    }

    @Test
    void aMissingFieldIsNamed() {
        assertThat(refused("{}", in -> in.object("server"))).hasMessage("'server' is a required property");
        assertThat(refused("{'server':{}}", in -> in.object("server").uuid("flavorRef")))
                .hasMessage("Invalid input for field/attribute server. 'flavorRef' is a required property");
    }

    @Test
    void theWrongTypeIsNamed() {
        assertThat(refused("{'a':{'n':null}}", in -> in.object("a").text("n", 0, 9)))
                .hasMessage("Invalid input for field/attribute n. Value: None. None is not of type 'string'");
        assertThat(refused("{'a':{'n':7}}", in -> in.object("a").text("n", 0, 9)))
                .hasMessage("Invalid input for field/attribute n. Value: 7. 7 is not of type 'string'");
        assertThat(refused("{'a':{'n':'x'}}", in -> in.object("a").integer("n", 0, 9)))
                .hasMessage("Invalid input for field/attribute n. Value: x. 'x' is not of type 'integer'");
        assertThat(refused("{'a':{'n':{'p':1}}}", in -> in.object("a").bool("n")))
                .hasMessage("Invalid input for field/attribute n. {...} is not of type 'boolean'");
        assertThat(refused("{'a':{'n':'x'}}", in -> in.object("a").list("n", 9, JsonIn::asUuid)))
                .hasMessageEndingWith("is not of type 'array'");
    }

    @Test
    void lengthCountsCharactersAsPeopleDo() {
        assertThat(read("{'n':'🐧🐧🐧'}").text("n", 3, 3)).isEqualTo("🐧🐧🐧");
        assertThat(refused("{'n':'하늘입니다'}", in -> in.text("n", 1, 4))).hasMessageContaining("is too long");
    }

    @Test
    void aLongValueIsQuotedInPart() {
        Fault fault = refused("{'n':'" + "x".repeat(5000) + "'}", in -> in.text("n", 0, 10));
        assertThat(fault.getMessage()).hasSizeLessThan(400).contains("xxx...");
    }

    @Test
    void secretsAreNeverQuoted() {
        for (String name : List.of(
                "password", "adminPass", "secret", "original_password", "token", "user_data", "access_secret")) {
            Fault fault = refused(
                    "{'a':{'" + name + "':'hunter2'}}", in -> in.object("a").text(name, 0, 3));
            assertThat(fault.getMessage()).as(name).doesNotContain("hunter2").contains(name);
        }
        assertThat(refused("{'a':{'user':{'password':'hunter2'}}}", in -> in.object("a")
                        .text("user", 0, 9)))
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void controlCharactersAreNoName() {
        for (String bad : List.of("a\\nb", "a\\u0000b", "\\u001b[31m", "a\\u2028b", "a\\u0085b", "   ", "\\ud800")) {
            assertThat(refused("{'n':'" + bad + "'}", in -> in.name("n", 1, 255))
                            .field())
                    .as(bad)
                    .contains("n");
        }
        assertThat(read("{'n':'하늘 <1>'}").name("n", 1, 255)).isEqualTo("하늘 <1>");
    }

    @Test
    void longerTextMayHaveLinesButNothingThatCannotBeStored() {
        assertThat(read("{'d':'a\\nb\\tc'}").text("d", 0, 255)).isEqualTo("a\nb\tc");
        assertThat(refused("{'d':'a\\u0000'}", in -> in.text("d", 0, 255))).hasMessageContaining("not allowed");
        assertThat(refused("{'d':'\\udc00x'}", in -> in.text("d", 0, 255))).hasMessageContaining("not allowed");
        assertThat(refused("{'d':{'x':['\\u0000']}}", in -> in.any("d"))).hasMessageContaining("not allowed");
    }

    @Test
    void numbersAreBoundedAndTakenFromDigits() {
        assertThat(read("{'n':5}").integer("n", 0, 9)).isEqualTo(5);
        assertThat(read("{'n':'5'}").integer("n", 0, 9)).isEqualTo(5);
        assertThat(read("{'n':-1}").number("n", -1, Long.MAX_VALUE)).isEqualTo(-1);
        assertThat(refused("{'n':10}", in -> in.integer("n", 0, 9)))
                .hasMessageContaining("greater than the maximum of 9");
        assertThat(refused("{'n':-1}", in -> in.integer("n", 0, 9))).hasMessageContaining("less than the minimum of 0");
        assertThat(refused("{'n':99999999999999999999}", in -> in.integer("n", 0, 9)))
                .hasMessageContaining("maximum");
        assertThat(refused("{'n':-99999999999999999999}", in -> in.integer("n", 0, 9)))
                .hasMessageContaining("minimum");
        for (String bad : List.of("1.0", "1e3", "'1.0'", "true", "''", "'+1'", "'１'", "'" + "9".repeat(30) + "'")) {
            assertThat(refused("{'n':" + bad + "}", in -> in.integer("n", 0, 9)))
                    .as(bad)
                    .hasMessageContaining("integer");
        }
    }

    @Test
    void truthHasManySpellings() {
        for (String yes : List.of("true", "'True'", "'on'", "'YES'", "1", "'1'")) {
            assertThat(read("{'b':" + yes + "}").bool("b")).as(yes).isTrue();
        }
        for (String no : List.of("false", "'False'", "'off'", "'No'", "0")) {
            assertThat(read("{'b':" + no + "}").bool("b")).as(no).isFalse();
        }
        for (String bad : List.of("2", "'maybe'", "null", "[]", "1.0")) {
            assertThat(refused("{'b':" + bad + "}", in -> in.bool("b"))).as(bad).hasMessageContaining("boolean");
        }
    }

    @Test
    void timesHaveManySpellings() {
        Instant time = Instant.parse("2026-01-02T03:04:05Z");
        for (String text : List.of(
                "2026-01-02T03:04:05Z",
                "2026-01-02T03:04:05.000000Z",
                "2026-01-02 03:04:05",
                "2026-01-02T03:04:05",
                "2026-01-02T12:04:05+09:00",
                "2026-01-02T12:04:05+0900")) {
            assertThat(read("{'t':'" + text + "'}").instant("t")).as(text).isEqualTo(time);
        }
        assertThat(read("{'t':'2026-01-02'}").instant("t")).isEqualTo(Instant.parse("2026-01-02T00:00:00Z"));
        for (String bad :
                List.of("", "yesterday", "2026-13-01", "+999999999-01-01T00:00:00Z", "2026-01-02T03:04:05+99:00")) {
            assertThat(refused("{'t':'" + bad + "'}", in -> in.instant("t")))
                    .as(bad)
                    .hasMessageContaining("date-time");
        }
    }

    @Test
    void idsAreReadWithAndWithoutDashes() {
        UUID id = UUID.fromString("0b8e7a6c-1111-4222-8333-444455556666");
        assertThat(read("{'i':'0b8e7a6c-1111-4222-8333-444455556666'}").uuid("i"))
                .isEqualTo(id);
        assertThat(read("{'i':'0b8e7a6c111142228333444455556666'}").uuid("i")).isEqualTo(id);
        assertThat(refused("{'a':{'i':'1-2-3-4-5'}}", in -> in.object("a").uuid("i")))
                .hasMessage("Invalid input for field/attribute i. Value: 1-2-3-4-5. '1-2-3-4-5' is not a 'uuid'");
    }

    @Test
    void aFaultInAListNamesTheElement() {
        Fault fault = refused(
                "{'server':{'networks':[{'uuid':'0b8e7a6c-1111-4222-8333-444455556666'},{'uuid':3}]}}",
                in -> in.object("server").list("networks", 64, n -> n.uuid("uuid")));
        assertThat(fault.field()).contains("server/networks/1/uuid");
        assertThat(fault).hasMessageStartingWith("Invalid input for field/attribute networks/1/uuid.");
        assertThat(refused("{'l':[1,2,3]}", in -> in.list("l", 2, e -> e.asNumber(0, 9))))
                .hasMessageContaining("is too long");
    }

    @Test
    void mapsHaveLimits() {
        assertThat(read("{'m':{'a':'1','b':''}}").map("m", 2, 255, 255)).isEqualTo(Map.of("a", "1", "b", ""));
        assertThat(refused("{'m':{'a':'1','b':''}}", in -> in.map("m", 1, 255, 255)))
                .hasMessageContaining("too many");
        assertThat(refused("{'m':{'':'1'}}", in -> in.map("m", 9, 255, 255))).hasMessageContaining("empty");
        assertThat(refused("{'m':{'abc':'1'}}", in -> in.map("m", 9, 2, 255))).hasMessageContaining("too long");
        assertThat(refused("{'m':{'a':'123'}}", in -> in.map("m", 9, 2, 2)).field())
                .contains("m/a");
        assertThat(refused("{'m':{'a':1}}", in -> in.map("m", 9, 2, 2))).hasMessageContaining("'string'");
    }

    @Test
    void unknownFieldsAreRefusedAtEveryDepthThatWasRead() {
        Consumer<JsonIn> reader = in -> {
            JsonIn server = in.object("server");
            server.text("name", 0, 9);
            server.optList("nics", 9, n -> n.text("id", 0, 9));
            server.any("hints");
            in.done();
        };
        reader.accept(read("{'server':{'name':'a','nics':[{'id':'1'}],'hints':{'whatever':1}}}"));
        assertThat(refused("{'server':{'name':'a'},'more':1}", reader))
                .hasMessage("Additional properties are not allowed ('more' was unexpected)");
        assertThat(refused("{'server':{'name':'a','more':1}}", reader))
                .hasMessage(
                        "Invalid input for field/attribute server. Additional properties are not allowed ('more' was unexpected)");
        assertThat(refused("{'server':{'name':'a','nics':[{'id':'1','more':2}]}}", reader)
                        .field())
                .contains("server/nics/0/more");
    }

    @Test
    void unknownFieldsPassWhereTheApiLetsThem() {
        JsonIn in = read("{'a':{'b':'1','c':2}}");
        in.object("a").ignoreUnknown().text("b", 0, 9);
        in.done();
    }

    @Test
    void absentAndNullAreTheSameForOptionals() {
        JsonIn in = read("{'n':null,'v':'x'}");
        assertThat(in.optText("n", 0, 9)).isEmpty();
        assertThat(in.optText("missing", 0, 9)).isEmpty();
        assertThat(in.optText("v", 0, 9)).contains("x");
        assertThat(refused("{'n':''}", j -> j.optText("n", 1, 9))).hasMessageContaining("too short");
    }

    @Test
    void aChangeTellsAbsentFromNull() {
        JsonIn in = read("{'n':null,'v':'x'}");
        Field<String> absent = in.field("missing", n -> in.text(n, 0, 9));
        Field<String> none = in.field("n", n -> in.text(n, 0, 9));
        Field<String> value = in.field("v", n -> in.text(n, 0, 9));
        assertThat(List.of(absent.isSent(), none.isSent(), value.isSent())).containsExactly(false, true, true);
        assertThat(absent.over("old", "default")).isEqualTo("old");
        assertThat(none.over("old", "default")).isEqualTo("default");
        assertThat(value.over("old", "default")).isEqualTo("x");
        assertThat(value.map(String::length)).isEqualTo(Field.of(1));
        in.done();
    }

    @Test
    void oneOfAFewWordsAndPatternsAreKept() {
        assertThat(read("{'d':'ingress'}").oneOf("d", "ingress", "egress")).isEqualTo("ingress");
        assertThat(refused("{'d':'up'}", in -> in.oneOf("d", "ingress", "egress")))
                .hasMessageContaining("'up' is not one of ['ingress', 'egress']");
        assertThat(refused("{'d':'a b'}", in -> in.matching("d", Pattern.compile("[a-z]+"), 9)))
                .hasMessageContaining("does not match '[a-z]+'");
    }

    @Test
    void anActionIsTheOnlyFieldOfItsBody() {
        assertThat(read("{'reboot':{'type':'HARD'}}").onlyName()).isEqualTo("reboot");
        assertThat(refused("{}", JsonIn::onlyName)).isNotNull();
        assertThat(refused("{'a':1,'b':2}", JsonIn::onlyName)).isNotNull();
    }

    private static JsonIn read(String json) {
        try {
            return JsonIn.root(JSON.readTree(json.replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Fault refused(String json, Consumer<JsonIn> reader) {
        Fault fault = catchThrowableOfType(Fault.class, () -> reader.accept(read(json)));
        assertThat(fault).as("refusal of " + json).isNotNull();
        return fault;
    }
}
