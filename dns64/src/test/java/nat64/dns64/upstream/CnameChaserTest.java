// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import static nat64.dns64.testing.Records.SOA;
import static nat64.dns64.testing.Records.answer;
import static nat64.dns64.testing.Records.data;
import static nat64.dns64.testing.Records.name;
import static nat64.dns64.testing.Records.noData;
import static nat64.dns64.testing.Records.nxDomain;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Upstream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class CnameChaserTest {

    private static final String ALIAS = "n0.example.org. 60 IN CNAME n1.example.org.";

    private final Map<String, Outcome> known = new HashMap<>();
    private final Upstream upstream = new CnameChaser((question, _) ->
            CompletableFuture.completedStage(known.getOrDefault(question.name().toString(), new Outcome.Timeout())));

    @Test
    @Tag("R-50")
    void goesOnWhereTheUpstreamStops() {
        knows("n0.example.org.", new Outcome.NoData(answer(ALIAS)));
        knows("n1.example.org.", data("n1.example.org. 60 IN A 192.0.2.1"));

        assertThat(ask()).isEqualTo(data(ALIAS, "n1.example.org. 60 IN A 192.0.2.1"));
    }

    @Test
    void showsTheChainBeforeADenialOfItsEnd() {
        knows("n0.example.org.", new Outcome.NoData(answer(ALIAS)));
        knows("n1.example.org.", nxDomain(SOA));
        assertThat(ask()).isEqualTo(nxDomain(SOA, ALIAS));

        knows("n1.example.org.", noData(SOA));
        assertThat(ask()).isEqualTo(noData(SOA, ALIAS));
    }

    @Test
    void believesADenialWithSoa() {
        knows("n0.example.org.", noData(SOA, ALIAS));

        assertThat(ask()).isEqualTo(noData(SOA, ALIAS));
    }

    @Test
    void failsWhenTheEndFails() {
        knows("n0.example.org.", new Outcome.NoData(answer(ALIAS)));

        assertThat(ask()).isEqualTo(new Outcome.Timeout());
    }

    @Test
    @Tag("R-50")
    void failsOnALoop() {
        knows("n0.example.org.", new Outcome.NoData(answer(ALIAS)));
        knows("n1.example.org.", new Outcome.NoData(answer("n1.example.org. 60 IN CNAME n0.example.org.")));

        assertThat(ask()).isEqualTo(new Outcome.Failure(Rcode.SERVFAIL));
    }

    @ParameterizedTest
    @CsvSource({"16, true", "17, false"})
    @Tag("R-50")
    @Tag("R-137")
    void followsSixteenHops(int hops, boolean found) {
        for (int i = 0; i < hops; i++) {
            var alias = "n%d.example.org. 60 IN CNAME n%d.example.org.".formatted(i, i + 1);
            knows("n" + i + ".example.org.", new Outcome.NoData(answer(alias)));
        }
        var end = "n" + hops + ".example.org.";
        knows(end, data(end + " 60 IN A 192.0.2.1"));

        assertThat(ask() instanceof Outcome.Data).isEqualTo(found);
    }

    private void knows(String name, Outcome outcome) {
        known.put(name, outcome);
    }

    private Outcome ask() {
        return upstream.ask(new Question(name("n0.example.org."), Type.A, DClass.IN, false, false), 1)
                .toCompletableFuture()
                .join();
    }
}
