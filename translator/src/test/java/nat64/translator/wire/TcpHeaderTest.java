// SPDX-License-Identifier: Apache-2.0
package nat64.translator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.ValueLayout;
import nat64.translator.testing.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.TcpPacket;

class TcpHeaderTest {

    private static final int AT = 3;
    private static final String SYN_ACK = "0050c350 fedcba98 01020304 8012 1000 beef 0000 020405a0 01010000 00000000";

    @Test
    void readsEveryField() {
        var memory = Bytes.at(AT, SYN_ACK);
        assertThat(Ports.source(memory, AT)).isEqualTo(80);
        assertThat(Ports.destination(memory, AT)).isEqualTo(50_000);
        assertThat(Ports.both(memory, AT)).isEqualTo(Ports.both(80, 50_000)).isEqualTo(0x0050c350);
        assertThat(TcpHeader.sequence(memory, AT)).isEqualTo(0xfedcba98);
        assertThat(TcpHeader.headerLength(memory, AT)).isEqualTo(32);
        assertThat(TcpHeader.flags(memory, AT)).isEqualTo(TcpHeader.SYN | TcpHeader.ACK);
        assertThat(TcpHeader.checksum(memory, AT)).isEqualTo(0xbeef);
    }

    @ParameterizedTest(name = "{0}: {1} bytes, flags {2}")
    @CsvSource({"5000, 20, 0", "0f01, 0, 1", "f0ff, 60, 255", "50c2, 20, 194", "4010, 16, 16"})
    void readsLengthAndFlagsApart(String field, int length, int flags) {
        var memory = Bytes.at(AT, "00000000 00000000 00000000" + field + "0000 0000 0000");
        assertThat(TcpHeader.headerLength(memory, AT)).isEqualTo(length);
        assertThat(TcpHeader.flags(memory, AT)).isEqualTo(flags);
    }

    @Test
    void changesSingleFieldsOnly() {
        var memory = Bytes.at(AT, SYN_ACK);
        Ports.both(memory, AT, Ports.both(0xffff, 1));
        TcpHeader.sequence(memory, AT, 5);
        TcpHeader.flags(memory, AT, TcpHeader.RST);
        TcpHeader.checksum(memory, AT, 0x1234);
        assertThat(Bytes.hex(memory))
                .isEqualTo(Bytes.only(AT, "ffff0001 00000005 01020304 8004 1000 1234 0000 020405a0 01010000 00000000"));
    }

    @Test
    void writesAHeaderWithoutOptionsAsPcap4jReadsIt() throws IllegalRawDataException {
        var memory = Bytes.unset(AT + TcpHeader.LENGTH + AT);
        TcpHeader.write(memory, AT, Ports.both(0xfffe, 0x8001), TcpHeader.ACK | TcpHeader.CWR);
        assertThat(Bytes.hex(memory)).isEqualTo(Bytes.only(AT, "fffe8001 00000000 00000000 5090 0000 0000 0000"));

        var bytes = memory.asSlice(AT, TcpHeader.LENGTH).toArray(ValueLayout.JAVA_BYTE);
        var parsed = TcpPacket.newPacket(bytes, 0, bytes.length).getHeader();
        assertThat(parsed.getSrcPort().valueAsInt()).isEqualTo(0xfffe);
        assertThat(parsed.getDstPort().valueAsInt()).isEqualTo(0x8001);
        assertThat(parsed.getDataOffsetAsInt()).isEqualTo(5);
        assertThat(parsed.getAck()).isTrue();
        assertThat(parsed.getSyn()).isFalse();
    }
}
