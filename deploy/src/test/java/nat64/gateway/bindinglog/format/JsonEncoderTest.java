// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog.format;

import static org.assertj.core.api.Assertions.assertThat;

import nat64.gateway.bindinglog.format.LogRecord.Change;
import nat64.gateway.bindinglog.format.LogRecord.Place;
import nat64.gateway.json.Json;
import nat64.translator.session.table.Protocol;
import org.junit.jupiter.api.Test;

class JsonEncoderTest {

    private static final String TIME = "{\"time\":\"" + Records.TIME + "\",";
    private static final String BINDING = "\"protocol\":\"tcp\",\"client\":\"2001:db8::7\",\"client_port\":4000,"
            + "\"pool4\":\"198.51.100.7\",\"pool4_port\":50321";

    private final JsonEncoder encoder = new JsonEncoder();

    @Test
    void aBindingIsALine() {
        assertThat(line(Records.binding(Change.START)))
                .isEqualTo(TIME + "\"event\":\"binding_start\"," + BINDING + "}\n");
        assertThat(line(Records.binding(Change.PRESENT))).contains("\"event\":\"binding_present\"");
        assertThat(line(Records.binding(Change.END))).contains("\"event\":\"binding_end\"");
    }

    @Test
    void aSessionHasItsDestination() {
        assertThat(line(Records.session(Change.START)))
                .isEqualTo(TIME + "\"event\":\"session_start\"," + BINDING
                        + ",\"remote\":\"192.0.2.33\",\"remote_port\":443}\n");
    }

    @Test
    void aBlockOfPortsIsALine() {
        assertThat(line(Records.block(Change.START)))
                .isEqualTo(TIME + "\"event\":\"block_start\",\"subscriber\":\"2001:db8:0:100::/56\","
                        + "\"pool4\":\"198.51.100.7\",\"first_port\":50176,\"last_port\":50687}\n");
        assertThat(line(Records.block(Change.PRESENT))).contains("\"event\":\"block_present\"");
        assertThat(line(Records.block(Change.END))).contains("\"event\":\"block_end\"");
    }

    @Test
    void lossesAreALine() {
        assertThat(line(new LogRecord.Lost(Records.MILLIS, 17, Place.RING)))
                .isEqualTo(TIME + "\"event\":\"lost\",\"records\":17,\"where\":\"ring\"}\n");
    }

    @Test
    void startAndEndOfTheLogAreLines() {
        assertThat(line(new LogRecord.LogStart(Records.MILLIS))).isEqualTo(TIME + "\"event\":\"log_start\"}\n");
        assertThat(line(new LogRecord.LogEnd(Records.MILLIS))).isEqualTo(TIME + "\"event\":\"log_end\"}\n");
    }

    @Test
    void everyProtocolHasItsName() {
        for (var protocol : Protocol.values()) {
            var line = line(new LogRecord.Binding(Records.MILLIS, Change.START, Records.binding(protocol, 7)));

            assertThat(Json.parse(line).path("protocol").asText()).isEqualTo(protocol.label());
        }
    }

    @Test
    void timesOfOtherSecondsAreWrittenRight() {
        assertThat(line(new LogRecord.LogEnd(Records.MILLIS))).contains("03:04:05.678Z");
        assertThat(line(new LogRecord.LogEnd(Records.MILLIS + 322))).contains("03:04:06.000Z");
        assertThat(line(new LogRecord.LogEnd(Records.MILLIS - 671))).contains("03:04:05.007Z");
    }

    @Test
    void onlyBindingsAndSessionsCountAsRecords() {
        var batch = Records.encoded(
                encoder,
                new LogRecord.LogStart(Records.MILLIS),
                Records.binding(Change.START),
                Records.session(Change.END),
                new LogRecord.Lost(Records.MILLIS, 17, Place.QUEUE));

        assertThat(batch.records()).isEqualTo(2);
        assertThat(batch.messages()).isEqualTo(4);
    }

    private String line(LogRecord record) {
        return Records.text(Records.encoded(encoder, record));
    }
}
