// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog.format;

import static org.assertj.core.api.Assertions.assertThat;

import nat64.gateway.bindinglog.format.LogRecord.Change;
import nat64.gateway.bindinglog.format.LogRecord.Place;
import nat64.gateway.bindinglog.format.SyslogEncoder.Framing;
import org.junit.jupiter.api.Test;

class SyslogEncoderTest {

    private static final String BINDING = " [nat64@32473 protocol=\"tcp\" client=\"2001:db8::7\" client_port=\"4000\""
            + " pool4=\"198.51.100.7\" pool4_port=\"50321\"";
    private static final String HEADER = "1 " + Records.TIME + " gw.example.org nat64 77 ";

    private final SyslogEncoder encoder = new SyslogEncoder(Framing.DATAGRAM, 16, "gw.example.org", 77);

    @Test
    void aBindingIsStructuredData() {
        assertThat(text(Records.binding(Change.START))).isEqualTo("<134>" + HEADER + "binding_start" + BINDING + "]");
    }

    @Test
    void aSessionHasItsDestination() {
        assertThat(text(Records.session(Change.END)))
                .isEqualTo("<134>" + HEADER + "session_end" + BINDING + " remote=\"192.0.2.33\" remote_port=\"443\"]");
    }

    @Test
    void aBlockOfPortsHasItsSubscriber() {
        assertThat(text(Records.block(Change.END)))
                .isEqualTo("<134>" + HEADER + "block_end [nat64@32473 subscriber=\"2001:db8:0:100::/56\""
                        + " pool4=\"198.51.100.7\" first_port=\"50176\" last_port=\"50687\"]");
    }

    @Test
    void lossesAreAWarning() {
        assertThat(text(new LogRecord.Lost(Records.MILLIS, 17, Place.QUEUE)))
                .isEqualTo("<132>" + HEADER + "lost [nat64@32473 records=\"17\" where=\"queue\"]");
    }

    @Test
    void startAndEndOfTheLogHaveNoData() {
        assertThat(text(new LogRecord.LogStart(Records.MILLIS))).isEqualTo("<134>" + HEADER + "log_start -");
        assertThat(text(new LogRecord.LogEnd(Records.MILLIS))).isEqualTo("<134>" + HEADER + "log_end -");
    }

    @Test
    void overAStreamTheLengthComesFirst() {
        var stream = new SyslogEncoder(Framing.OCTET_COUNTING, 16, "gw.example.org", 77);
        var message = text(Records.binding(Change.START));

        assertThat(Records.text(Records.encoded(stream, Records.binding(Change.START), Records.binding(Change.START))))
                .isEqualTo((message.length() + " " + message).repeat(2));
    }

    @Test
    void aHostNameIsPrintableOrNone() {
        assertThat(Records.text(
                        Records.encoded(new SyslogEncoder(Framing.DATAGRAM, 3, "", 1), Records.binding(Change.START))))
                .startsWith("<30>1 " + Records.TIME + " - nat64 1 ");
        assertThat(Records.text(Records.encoded(
                        new SyslogEncoder(Framing.DATAGRAM, 3, "a b\n" + "c".repeat(300), 1),
                        Records.binding(Change.START))))
                .startsWith("<30>1 " + Records.TIME + " ab" + "c".repeat(253) + " nat64 1 ");
    }

    private String text(LogRecord record) {
        return Records.text(Records.encoded(encoder, record));
    }
}
