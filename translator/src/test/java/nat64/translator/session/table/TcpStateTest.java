// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.table;

import static org.assertj.core.api.Assertions.assertThat;

import nat64.translator.session.table.TcpState.Lifetime;
import nat64.translator.session.table.TcpState.Segment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TcpStateTest {

    @ParameterizedTest(name = "{0}: {2} from IPv{1} leads to {3}, lifetime {4}")
    @CsvSource({
        "V6_INIT,       4, SYN,   ESTABLISHED,   TCP_EST", // C-167
        "V6_INIT,       6, SYN,   V6_INIT,       TCP_TRANS", // C-168
        "V6_INIT,       4, RST,   V6_INIT,       UNCHANGED", // C-169
        "V6_INIT,       6, OTHER, V6_INIT,       UNCHANGED",
        "V6_INIT,       4, FIN,   V6_INIT,       UNCHANGED",
        "V4_INIT,       6, SYN,   ESTABLISHED,   TCP_EST", // C-164
        "V4_INIT,       4, SYN,   V4_INIT,       UNCHANGED", // C-166
        "V4_INIT,       6, OTHER, V4_INIT,       UNCHANGED",
        "ESTABLISHED,   4, FIN,   V4_FIN_RCV,    UNCHANGED", // C-170
        "ESTABLISHED,   6, FIN,   V6_FIN_RCV,    UNCHANGED",
        "ESTABLISHED,   4, RST,   TRANS,         TCP_TRANS", // C-171
        "ESTABLISHED,   6, RST,   TRANS,         TCP_TRANS",
        "ESTABLISHED,   4, OTHER, ESTABLISHED,   TCP_EST", // C-172
        "ESTABLISHED,   6, SYN,   ESTABLISHED,   TCP_EST",
        "V4_FIN_RCV,    6, FIN,   V4_V6_FIN_RCV, TCP_TRANS", // C-174
        "V4_FIN_RCV,    4, FIN,   V4_FIN_RCV,    TCP_EST", // C-175
        "V4_FIN_RCV,    6, OTHER, V4_FIN_RCV,    TCP_EST",
        "V4_FIN_RCV,    6, RST,   TRANS,         TCP_TRANS", // RFC 7857, section 2.2
        "V6_FIN_RCV,    4, FIN,   V4_V6_FIN_RCV, TCP_TRANS",
        "V6_FIN_RCV,    6, FIN,   V6_FIN_RCV,    TCP_EST",
        "V6_FIN_RCV,    4, RST,   TRANS,         TCP_TRANS",
        "V4_V6_FIN_RCV, 4, SYN,   V4_V6_FIN_RCV, UNCHANGED", // C-176
        "V4_V6_FIN_RCV, 6, OTHER, V4_V6_FIN_RCV, UNCHANGED",
        "TRANS,         6, OTHER, ESTABLISHED,   TCP_EST", // C-177
        "TRANS,         4, SYN,   ESTABLISHED,   TCP_EST",
        "TRANS,         4, RST,   TRANS,         UNCHANGED",
    })
    @Tag("C-167")
    @Tag("C-168")
    @Tag("C-169")
    @Tag("C-164")
    @Tag("C-166")
    @Tag("C-170")
    @Tag("C-171")
    @Tag("C-172")
    @Tag("C-174")
    @Tag("C-175")
    @Tag("C-176")
    @Tag("C-177")
    void followsRfc6146(TcpState state, int side, Segment segment, TcpState next, Lifetime lifetime) {
        assertThat(state.next(segment, side == 6)).isEqualTo(next);
        assertThat(state.lifetime(segment, side == 6)).isEqualTo(lifetime);
    }

    @ParameterizedTest(name = "flags {0} are {1}")
    @CsvSource({
        "0x02, SYN",
        "0x12, SYN",
        "0x01, FIN",
        "0x11, FIN",
        "0x04, RST",
        "0x06, RST",
        "0x07, RST",
        "0x03, SYN",
        "0x10, OTHER",
        "0x00, OTHER"
    })
    @Tag("C-178")
    void tellsASegmentByOneOfItsFlags(String flags, Segment segment) {
        assertThat(Segment.of(Integer.decode(flags))).isEqualTo(segment);
    }
}
