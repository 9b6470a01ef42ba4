// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import nat64.dns64.statistics.CachedAnswer;
import nat64.gateway.config.ConfigFile;
import nat64.gateway.json.Json;
import nat64.translator.session.record.RecordFilter;
import nat64.translator.translate.NextHopMtus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

@SuppressWarnings("NullAway.Init")
class ExplainQueryTest {

    private static final String CONFIG = """
            clients: ["2001:db8::/32"]
            translate-non-global: true
            translator: {max-sessions: 1024}
            dns64: {upstreams: ["127.0.0.1:1"]}
            """;

    private FilledTables tables;
    private long now;

    @BeforeEach
    void fill() throws Exception {
        tables = FilledTables.start();
    }

    @AfterEach
    void close() {
        tables.close();
    }

    @Test
    void explainsAnAddressByTheConfigurationThatRuns() {
        var answer = explain("64:ff9b::8.8.8.8");

        assertThat(answer.path("kind").asText()).isEqualTo("address");
        assertThat(answer.at("/address/verdict").asText()).isEqualTo("translated");
        assertThat(answer.at("/address/mapping/other").asText()).isEqualTo("8.8.8.8");
    }

    @Test
    void aPacketMeetsTheSessionsOfTheRunningTranslator() throws Exception {
        var outbound = explain("udp [2001:db8::7]:4000 -> [64:ff9b::192.0.2.33]:53");
        var inbound = explain("udp 192.0.2.33:53 -> 100.64.64.1:2007");

        assertThat(outbound.at("/packet/sessions").asInt()).isEqualTo(1);
        assertThat(outbound.at("/packet/explanation/sent/0").asText())
                .contains("from 100.64.64.1:2007 to 192.0.2.33:53");
        assertThat(inbound.at("/packet/explanation/verdict").asText()).isEqualTo("translated");
        assertThat(inbound.at("/packet/explanation/sent/0").asText()).contains("to [2001:db8::7]:4000");
        assertThat(explain("udp 192.0.2.33:53 -> 100.64.64.1:3007")
                        .at("/packet/explanation/reason")
                        .asText())
                .isEqualTo("no_binding");
    }

    @Test
    void anExplanationOpensNoSession() throws Exception {
        var answer = explain("tcp [2001:db8::9]:4001 -> [64:ff9b::192.0.2.33]:80");

        assertThat(answer.at("/packet/explanation/verdict").asText()).isEqualTo("translated");
        assertThat(answer.at("/packet/sessions").asInt()).isZero();
        var sessions = tables.translator().sessions(RecordFilter.ALL, 0, 1000).get();
        assertThat(sessions.items()).hasSize(FilledTables.HOSTS + 1);
    }

    @Test
    void aNameIsAnsweredWithItsStepsAndWhatTheCacheHas() {
        var answer = explain("ipv4only.arpa");

        assertThat(answer.at("/name/explanation/rcode").asText()).isEqualTo("NOERROR");
        assertThat(answer.at("/name/explanation/steps")).isNotEmpty();
        assertThat(answer.at("/name/explanation/answer/0").asText()).contains("64:ff9b:0:0:0:0:c000:aa");
        assertThat(answer.at("/name/cached")).hasSize(1);
        assertThat(answer.at("/name/cached/0/name").asText()).isEqualTo("ipv4only.arpa.");
    }

    @Test
    void namesAreAskedAtABoundedRate() {
        var query = query();
        for (int i = 0; i < 10; i++) {
            query.explain(Map.of("subject", "ipv4only.arpa"));
        }
        assertThatThrownBy(() -> query.explain(Map.of("subject", "ipv4only.arpa")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("one name per second");
        now += TimeUnit.SECONDS.toNanos(1);
        assertThat(query.explain(Map.of("subject", "ipv4only.arpa"))).containsKey("name");
    }

    @Test
    void refusesWhatIsMissingTooLongOrNothing() {
        assertThatThrownBy(() -> query().explain(Map.of()))
                .hasMessageContaining("'subject' is missing; write an address");
        assertThatThrownBy(() -> query().explain(Map.of("subject", "a".repeat(513))))
                .hasMessage("the parameter 'subject': longer than 512 characters");
        assertThatThrownBy(() -> explain("1.2.3")).hasMessageContaining("write an address such as");
        assertThatThrownBy(() -> explain("tcp 192.0.2.1 -> 192.0.2.2")).hasMessageContaining("a port is missing");
    }

    private JsonNode explain(String subject) {
        return Json.parse(Json.of(query().explain(Map.of("subject", subject))));
    }

    private ExplainQuery query() {
        var config = ConfigFile.parse("test", CONFIG).config();
        var cached = List.of(cached("ipv4only.arpa."), cached("below.ipv4only.arpa."));
        return new ExplainQuery(
                new ExplainQuery.Running(
                        () -> config, () -> NextHopMtus.UNLIMITED, tables::running, (_, _, _) -> cached),
                () -> now);
    }

    private static CachedAnswer cached(String name) {
        return new CachedAnswer(
                Name.fromConstantString(name), Type.A, false, false, CachedAnswer.Kind.NODATA, 60, List.of());
    }
}
