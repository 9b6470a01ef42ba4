// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import nat64.gateway.doctor.Report.Entry;
import nat64.gateway.doctor.Result.Failed;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.Result.Skipped;
import nat64.gateway.doctor.Result.Warning;
import nat64.gateway.json.Json;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Entry GOOD = new Entry("ping", new Ok("64:ff9b::1 answers"));
    private static final Entry ODD = new Entry("clock", new Warning("not synchronized", "start a time service"));
    private static final Entry BAD = new Entry("NAT64", new Failed("nothing comes back", "run nat64 doctor there"));
    private static final Entry LEFT_OUT = new Entry("certificate", new Skipped("no DNS over TLS"));

    private record Fixed(String name, Result result) implements Check {

        @Override
        public Result examine() {
            return result;
        }
    }

    @Test
    void runsChecksInTheirOrderAndTellsEachAtOnce() {
        var told = new ArrayList<Entry>();

        var report = Report.of(List.of(new Fixed("b", GOOD.result()), new Fixed("a", BAD.result())), told::add);

        assertThat(told).extracting(Entry::name).containsExactly("b", "a");
        assertThat(report.entries()).isEqualTo(told);
    }

    @Test
    void onlyAFailureIsAProblem() {
        assertThat(new Report(List.of(GOOD, ODD, LEFT_OUT)).hasProblem()).isFalse();
        assertThat(new Report(List.of(GOOD, BAD)).hasProblem()).isTrue();
    }

    @Test
    void countsInItsLastLine() {
        assertThat(new Report(List.of(GOOD)).summary()).isEqualTo("no problem, no warning, 0 skipped");
        assertThat(new Report(List.of(BAD, BAD, ODD, LEFT_OUT)).summary())
                .isEqualTo("2 problems, 1 warning, 1 skipped");
    }

    @Test
    void becomesJson() {
        var json = Json.parse(Json.of(new Report(List.of(GOOD, BAD)).json()));

        assertThat(json.path("ok").asBoolean()).isFalse();
        assertThat(json.at("/checks/0/result").asText()).isEqualTo("ok");
        assertThat(json.at("/checks/0").has("remedy")).isFalse();
        assertThat(json.at("/checks/1/name").asText()).isEqualTo("NAT64");
        assertThat(json.at("/checks/1/result").asText()).isEqualTo("failed");
        assertThat(json.at("/checks/1/remedy").asText()).isEqualTo("run nat64 doctor there");
    }

    @Test
    void saysBelowWhatIsNotOkWhatToDo() {
        var text = new ReportText(false);

        assertThat(text.lines(GOOD)).containsExactly("ok       ping            64:ff9b::1 answers");
        assertThat(text.lines(LEFT_OUT)).containsExactly("skipped  certificate     no DNS over TLS");
        assertThat(text.lines(ODD))
                .containsExactly(
                        "warning  clock           not synchronized",
                        "                         -> start a time service");
        assertThat(text.lines(BAD)).hasSize(2).last().asString().endsWith("-> run nat64 doctor there");
    }

    @Test
    void coloursOnlyTheFirstWordAndOnlyIfItMay() {
        assertThat(new ReportText(true).lines(BAD).getFirst())
                .isEqualTo("\033[31mfailed\033[0m   NAT64           nothing comes back");
        assertThat(new ReportText(false).lines(BAD).getFirst()).doesNotContain("\033");
    }
}
