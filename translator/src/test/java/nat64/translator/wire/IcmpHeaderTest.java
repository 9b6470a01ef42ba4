// SPDX-License-Identifier: Apache-2.0
package nat64.translator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import nat64.translator.testing.Bytes;
import nat64.translator.testing.Packets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IcmpHeaderTest {

    private static final int AT = 3;

    @Test
    void readsEveryField() {
        var memory = Bytes.at(AT, "0304beef 81828384");
        assertThat(IcmpHeader.type(memory, AT)).isEqualTo(3);
        assertThat(IcmpHeader.code(memory, AT)).isEqualTo(4);
        assertThat(IcmpHeader.message(memory, AT))
                .isEqualTo(IcmpHeader.message(3, 4))
                .isEqualTo(0x0304);
        assertThat(IcmpHeader.checksum(memory, AT)).isEqualTo(0xbeef);
        assertThat(IcmpHeader.rest(memory, AT)).isEqualTo(0x81828384);
        assertThat(IcmpHeader.identifier(memory, AT)).isEqualTo(0x8182);
        assertThat(IcmpHeader.mtuV4(memory, AT)).isEqualTo(0x8384);
        assertThat(IcmpHeader.pointerV4(memory, AT)).isEqualTo(0x81);
        assertThat(IcmpHeader.quoteWordsV4(memory, AT)).isEqualTo(0x82);
        assertThat(IcmpHeader.quoteWordsV6(memory, AT)).isEqualTo(0x81);
    }

    @Test
    void changesSingleFieldsOnly() {
        var memory = Bytes.at(AT, "0304beef 81828384");
        IcmpHeader.message(memory, AT, IcmpHeader.message(0xff, 0x80));
        IcmpHeader.checksum(memory, AT, 0x1234);
        IcmpHeader.identifier(memory, AT, 0xfffe);
        assertThat(Bytes.hex(memory)).isEqualTo(Bytes.only(AT, "ff801234 fffe8384"));
        IcmpHeader.quoteWordsV4(memory, AT, 7);
        assertThat(Bytes.hex(memory)).isEqualTo(Bytes.only(AT, "ff801234 ff078384"));
    }

    @ParameterizedTest(name = "{0}/{1} with {2}")
    @CsvSource({"3, 1, 0", "11, 0, 1114112", "255, 255, -1"})
    void writesAnErrorWithItsChecksum(int type, int code, int rest) {
        var error = Packets.error4("192.0.2.1", "192.0.2.2", type, code, rest, Packets.payload(41));
        var memory = Bytes.unset(AT + error.length - 20 + AT);
        for (int i = 28; i < error.length; i++) {
            Octets.u8(memory, AT + i - 20, error[i]);
        }
        IcmpHeader.write(memory, AT, IcmpHeader.message(type, code), rest);
        IcmpHeader.updateChecksum(memory, AT, AT + error.length - 20, 0);
        var expected = java.util.HexFormat.of().formatHex(error, 20, error.length);
        assertThat(Bytes.hex(memory)).isEqualTo(Bytes.only(AT, expected));
    }

    @Test
    void coversThePseudoHeaderOfIcmpv6() {
        var error = Packets.error6("2001:db8::1", "2001:db8::2", 1, 4, 0, Packets.payload(41));
        var memory = java.lang.foreign.MemorySegment.ofArray(error.clone());
        long pseudoHeader = Checksum.sum(memory, 8, 32) + error.length - 40 + IpProtocol.ICMPV6;
        IcmpHeader.updateChecksum(memory, 40, error.length, pseudoHeader);
        assertThat(memory.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE)).isEqualTo(error);
    }

    @ParameterizedTest(name = "ICMPv4 type {0}: error {1}, echo {2}")
    @CsvSource({
        "0, false, true",
        "3, true, false",
        "4, true, false",
        "5, true, false",
        "8, false, true",
        "9, false, false",
        "11, true, false",
        "12, true, false",
        "13, false, false",
        "17, false, false",
        "128, false, false"
    })
    void tellsIcmpv4ErrorsFromQueries(int type, boolean error, boolean echo) {
        assertThat(Icmpv4.isError(type)).isEqualTo(error);
        assertThat(Icmpv4.isEcho(type)).isEqualTo(echo);
    }

    @ParameterizedTest(name = "ICMPv6 type {0}: error {1}, echo {2}")
    @CsvSource({
        "0, true, false",
        "1, true, false",
        "4, true, false",
        "127, true, false",
        "128, false, true",
        "129, false, true",
        "130, false, false",
        "255, false, false"
    })
    void tellsIcmpv6ErrorsFromInformationalMessages(int type, boolean error, boolean echo) {
        assertThat(Icmpv6.isError(type)).isEqualTo(error);
        assertThat(Icmpv6.isEcho(type)).isEqualTo(echo);
    }
}
