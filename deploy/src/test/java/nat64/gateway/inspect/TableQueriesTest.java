// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators ask about the tables. */
@SuppressWarnings("NullAway.Init")
class TableQueriesTest {

    private FilledTables tables;
    private final TableQueries queries = new TableQueries(() -> tables.running());

    @BeforeEach
    void start() throws IOException {
        tables = FilledTables.start();
    }

    @AfterEach
    void stop() {
        tables.close();
    }

    @Test
    void aSessionIsToldWhole() {
        var sessions = queries.sessions(Map.of("protocol", "tcp"));

        assertThat(sessions).doesNotContainKey("next");
        assertThat(sessions)
                .extractingByKey("sessions", LIST)
                .singleElement(MAP)
                .containsEntry("client", "2001:db8::7")
                .containsEntry("client_port", 4000)
                .containsEntry("pool4", "100.64.64.1")
                .containsEntry("pool4_port", 2007)
                .containsEntry("remote", "192.0.2.33")
                .containsEntry("remote_port", 443)
                .containsEntry("pref64", "64:ff9b::/96")
                .containsEntry("state", "established")
                .containsEntry("opened_by", "ipv6")
                .containsEntry("answered", true)
                .containsEntry("age_seconds", 7L)
                .containsEntry("expires_in_seconds", 60L);
    }

    @Test
    void pagesGoOnWhereTheLastHasEnded() {
        var first = queries.sessions(Map.of("limit", "200", "protocol", "udp"));
        var second = queries.sessions(
                Map.of("limit", "200", "protocol", "udp", "cursor", String.valueOf(first.get("next"))));

        assertThat(first).extractingByKey("sessions", LIST).hasSize(200);
        assertThat(second).extractingByKey("sessions", LIST).hasSize(FilledTables.HOSTS - 200);
    }

    @Test
    void theOldestComeFirstWhereThatIsAskedFor() {
        assertThat(queries.sessions(Map.of("sort", "age", "limit", "2")))
                .doesNotContainKey("next")
                .extractingByKey("sessions", LIST)
                .extracting("age_seconds")
                .containsExactly(250L, 249L);
    }

    @Test
    void aBindingIsTold() {
        assertThat(queries.bindings(Map.of("client", "2001:db8::7", "protocol", "udp")))
                .extractingByKey("bindings", LIST)
                .singleElement(MAP)
                .containsEntry("pool4_port", 2007)
                .containsEntry("sessions", 1)
                .containsEntry("static", false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "colour   | red       | unknown parameter 'colour'; the parameters are: protocol, client",
                "protocol | sctp      | the parameter 'protocol': 'sctp' is not one of: tcp, udp, icmp",
                "state    | open      | the parameter 'state': 'open' is not one of: stateless, v4_init",
                "sort     | size      | the parameter 'sort': 'size' is not one of: age, newest, expires",
                "port     | 65536     | the parameter 'port': '65536' is not a number from 0 to 65535",
                "limit    | 0         | the parameter 'limit': '0' is not a number from 1 to 1000",
                "cursor   | -2        | the parameter 'cursor': '-2' is not a number from 0",
                "client   | me        | the parameter 'client':",
                "ipv4     | 10.0.0.1/8| the parameter 'ipv4': 10.0.0.1/8 has bits set beyond its length",
            })
    void aWrongParameterIsRefusedWithWhatWouldBeRight(String name, String value, String message) {
        assertThatThrownBy(() -> queries.sessions(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void anOrderHasNoPages() {
        assertThatThrownBy(() -> queries.sessions(Map.of("sort", "age", "cursor", "1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("exclude each other");
    }

    @Test
    void withoutTablesTheAnswerSaysSo() throws IOException {
        var none = new TableQueries(Optional::empty);
        try (var stateless = FilledTables.translator(
                "{translator: {mode: siit, stateless: {eam: [{ipv4: 192.0.2.1, ipv6: '2001:db8::1'}]}}}")) {
            assertThatThrownBy(() -> none.sessions(Map.of()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("this gateway runs no translator");
            assertThatThrownBy(() -> new TableQueries(() -> Optional.of(stateless)).bindings(Map.of()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("a stateless translator has no sessions");
        }
    }
}
