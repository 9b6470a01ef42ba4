// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who had an address and port; of times, tests write the second of one minute. */
@SuppressWarnings("NullAway.Init")
class BindingHistoryTest {

    private static final String ADDRESS = "198.51.100.7";
    private static final int PORT = 50_321;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "before         | 9  | -",
                "at its start   | 10 | 7 10..20",
                "while          | 15 | 7 10..20",
                "at its end     | 20 | 7 10..20",
                "after          | 25 | -",
                "the next       | 30 | 8 30..",
                "the next later | 59 | 8 30..",
            })
    void aClientHadItFromItsStartToItsEnd(String name, int second, String expected) throws IOException {
        var lines = lines("00 log_start", "10 binding_start 7", "20 binding_end 7", "30 binding_start 8");

        assertThat(at(second, log(lines))).isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @Test
    void whatWasThereBeforeTheLogIsKnownFromItsStartOn() throws IOException {
        var log = log(lines("10 log_start", "11 binding_present 7", "20 binding_end 7"));

        assertThat(at(9, log)).isEmpty();
        assertThat(at(10, log)).containsExactly("7 ~10..20");
    }

    @Test
    void aStartThatIsListedAtTheSameMomentIsOne() throws IOException {
        var log = log(lines("10 log_start", "10 binding_present 7", "10 binding_start 7", "20 binding_end 7"));

        assertThat(at(15, log)).containsExactly("7 10..20");
    }

    @Test
    void aRestartThatListsABindingLeavesItAsItIs() throws IOException {
        var log = log(lines(
                "00 log_start",
                "10 binding_start 7",
                "20 log_end",
                "21 log_start",
                "23 binding_present 7",
                "40 binding_end 7"));

        assertThat(at(22, log)).containsExactly("7 10..40");
    }

    @Test
    void aRestartThatDoesNotListABindingHasEndedIt() throws IOException {
        var log = log(lines("00 log_start", "10 binding_start 7", "20 log_start", "30 binding_start 8"));

        assertThat(at(15, log)).containsExactly("7 10..~20");
        assertThat(at(25, log)).isEmpty();
        assertThat(at(30, log)).containsExactly("8 30..");
    }

    @Test
    void aStartWithoutTheEndBeforeEndsTheOther() throws IOException {
        var log = log(lines("00 log_start", "10 binding_start 7", "20 lost", "30 binding_start 8"));

        assertThat(at(29, log)).containsExactly("7 10..~30");
        assertThat(at(31, log)).containsExactly("8 30..");
        assertThat(BindingHistory.of(List.of(log), ADDRESS, PORT).lost(Optional.empty(), time(29)))
                .isEqualTo(17);
    }

    @Test
    void anEndWithoutAStartMayHaveBegunAfterTheOneBefore() throws IOException {
        var log = log(lines("00 log_start", "10 binding_start 7", "20 binding_end 7", "30 binding_end 8"));

        assertThat(at(25, log)).containsExactly("8 ~20..30");
    }

    @Test
    void anEndInALaterFileAloneSaysWhoHadItBefore() throws IOException {
        var log = log(lines("10 session_start 9", "20 binding_end 7"));

        assertThat(at(9, log)).isEmpty();
        assertThat(at(15, log)).containsExactly("7 ..20");
    }

    @Test
    void filesMayComeInAnyOrderAndCompressed() throws IOException {
        var older = directory.resolve("log.1.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(older))) {
            out.write(lines("00 log_start", "10 binding_start 7").getBytes(StandardCharsets.UTF_8));
        }
        var newer = log(lines("20 binding_end 7"));

        assertThat(at(15, newer, older)).containsExactly("7 10..20");
    }

    @Test
    void otherPlacesAndBrokenLinesDoNotMatter() throws IOException {
        var log = log(lines("00 log_start", "10 binding_start 7")
                + lines("15 binding_end 7").replace("50321", "50322")
                + lines("15 binding_end 7").replace(ADDRESS, "198.51.100.70")
                + lines("15 binding_end 7").substring(0, 120));

        assertThat(at(16, log)).containsExactly("7 10..");
    }

    @Test
    void fieldsInAnotherOrderAreRead() throws IOException {
        var log = log("""
                {"client": "2001:db8::7", "pool4": "198.51.100.7", "event": "binding_start", "protocol": "tcp", \
                "pool4_port": 50321, "client_port": 4000, "time": "2026-01-02T04:04:10.000+01:00", "host": "gw"}
                """);

        assertThat(at(10, log)).containsExactly("7 10..");
    }

    @Test
    void protocolsAreApart() throws IOException {
        var log = log(lines("00 log_start", "10 binding_start 7")
                + lines("12 binding_start 8").replace("tcp", "udp"));

        assertThat(at(15, log)).containsExactly("7 10..", "8 12..");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"9,-", "10,100::/56 10..20", "15,100::/56 10..20", "25,-", "30,200::/56 30.."})
    void aSubscriberHadAllPortsOfItsBlock(int second, String expected) throws IOException {
        var log = log(lines("00 log_start")
                + block("10", "block_start", "100", 50_176)
                + block("20", "block_end", "100", 50_176)
                + block("30", "block_start", "200", 50_176)
                + block("10", "block_start", "300", 50_688));

        assertThat(at(second, log)).isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @Test
    void aBlockThatWasPresentAfterARestartIsTheSame() throws IOException {
        var log = log(lines("00 log_start")
                + block("10", "block_start", "100", 50_176)
                + lines("20 log_start")
                + block("21", "block_present", "100", 50_176)
                + block("30", "block_end", "100", 50_176));

        assertThat(at(25, log)).containsExactly("100::/56 10..30");
    }

    @Test
    void aStaticBindingInABlockIsListedBeforeIt() throws IOException {
        var log = log(lines("00 log_start", "05 binding_present 7") + block("10", "block_start", "100", 50_176));

        assertThat(at(15, log)).containsExactly("7 ~00..", "100::/56 10..");
    }

    private static String block(String second, String event, String subscriber, int first) {
        return ("{\"time\":\"2026-01-02T03:04:%s.000Z\",\"event\":\"%s\",\"subscriber\":\"2001:db8::%s::/56\","
                        + "\"pool4\":\"%s\",\"first_port\":%d,\"last_port\":%d}\n")
                .formatted(second, event, subscriber, ADDRESS, first, first + 511);
    }

    @Test
    void allPlacesAreKnownWhereAllAreRead() throws IOException {
        var log = log(lines("10 binding_start 7") + lines("11 binding_start 7").replace("50321", "50322"));
        var history = BindingHistory.of(List.of(log));

        assertThat(history.places()).extracting(Tenure.Place::port).containsExactlyInAnyOrder(50_321, 50_322);
        assertThat(history.at(ADDRESS, 50_322, time(11), time(11))).hasSize(1);
    }

    @Test
    void aMissingFileIsTold() {
        assertThatThrownBy(() -> BindingHistory.of(List.of(directory.resolve("no")), ADDRESS, PORT))
                .isInstanceOf(IOException.class)
                .hasMessage("file not found: " + directory.resolve("no"));
    }

    private List<String> at(int second, Path... files) throws IOException {
        return BindingHistory.of(Arrays.asList(files), ADDRESS, PORT)
                .at(ADDRESS, PORT, time(second), time(second))
                .stream()
                .map(BindingHistoryTest::text)
                .toList();
    }

    private static String text(Tenure tenure) {
        return tenure.client().replace("2001:db8::", "") + " "
                + tenure.begin().map(BindingHistoryTest::text).orElse("") + ".."
                + tenure.end().map(BindingHistoryTest::text).orElse("");
    }

    private static String text(Tenure.Moment moment) {
        return (moment.isExact() ? "" : "~") + moment.time().toString().substring(17, 19);
    }

    private static Instant time(int second) {
        return Instant.parse("2026-01-02T03:04:%02dZ".formatted(second));
    }

    private Path log(String text) throws IOException {
        return Files.writeString(directory.resolve("log"), text);
    }

    /** Second, event, and the number of the client. */
    private static String lines(String... lines) {
        return Stream.of(lines).map(BindingHistoryTest::line).collect(Collectors.joining());
    }

    private static String line(String words) {
        var word = words.split(" ", -1);
        var begin = "{\"time\":\"2026-01-02T03:04:%s.000Z\",\"event\":\"%s\"".formatted(word[0], word[1]);
        if (word[1].equals("lost")) {
            return begin + ",\"records\":17,\"where\":\"ring\"}\n";
        }
        return word.length == 2
                ? begin + "}\n"
                : begin
                        + ",\"protocol\":\"tcp\",\"client\":\"2001:db8::%s\",\"client_port\":4000,\"pool4\":\"%s\",\"pool4_port\":%d}\n"
                                .formatted(word[2], ADDRESS, PORT);
    }
}
