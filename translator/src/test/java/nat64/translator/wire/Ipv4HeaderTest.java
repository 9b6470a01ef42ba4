// SPDX-License-Identifier: Apache-2.0
package nat64.translator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import nat64.translator.testing.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpV4Packet;

class Ipv4HeaderTest {

    private static final int AT = 5;

    private final Ipv4Header header = new Ipv4Header();

    @Test
    void readsEveryField() {
        header.wrap(Bytes.at(AT, "45b8 0540 beef 4000 3f11 9a01 c0000201 c6336402"), AT);
        assertThat(header.hasNoOptions()).isTrue();
        assertThat(header.headerLength()).isEqualTo(20);
        assertThat(header.typeOfService()).isEqualTo(0xb8);
        assertThat(header.totalLength()).isEqualTo(1344);
        assertThat(header.identification()).isEqualTo(0xbeef);
        assertThat(header.fragmentField()).isEqualTo(Ipv4Header.DONT_FRAGMENT);
        assertThat(header.ttl()).isEqualTo(63);
        assertThat(header.protocol()).isEqualTo(IpProtocol.UDP);
        assertThat(header.source()).isEqualTo(0xc0000201);
        assertThat(header.destination()).isEqualTo(0xc6336402);
    }

    @ParameterizedTest(name = "{0}: DF {1}, MF {2}, offset {3}")
    @CsvSource({
        "0000, false, false, 0",
        "4000, true, false, 0",
        "2000, false, true, 0",
        "2001, false, true, 8",
        "00b9, false, false, 1480",
        "1fff, false, false, 65528",
        "ffff, true, true, 65528",
        "8000, false, false, 0", // the reserved bit means nothing
    })
    void readsFlagsAndOffset(String field, boolean dontFragment, boolean moreFragments, int offset) {
        header.wrap(Bytes.at(AT, "45000014 0000" + field + "4011 0000 00000000 00000000"), AT);
        assertThat(header.dontFragment()).isEqualTo(dontFragment);
        assertThat(header.moreFragments()).isEqualTo(moreFragments);
        assertThat(header.fragmentOffset()).isEqualTo(offset);
    }

    @ParameterizedTest(name = "{0}: {1} bytes, no options {2}")
    @CsvSource({"45, 20, true", "40, 0, false", "44, 16, false", "46, 24, false", "4f, 60, false", "65, 20, false"})
    void readsTheHeaderLengthAsItIs(String first, int length, boolean noOptions) {
        header.wrap(Bytes.at(AT, first + "00".repeat(19)), AT);
        assertThat(header.headerLength()).isEqualTo(length);
        assertThat(header.hasNoOptions()).isEqualTo(noOptions);
    }

    @Test
    @Tag("C-049")
    @Tag("C-065")
    void writesAHeaderWithItsChecksum() {
        var memory = Bytes.unset(AT + Ipv4Header.LENGTH + AT);
        header.wrap(memory, AT).write(0xb8, 1344, 63, IpProtocol.UDP).finish(0xc0000201, 0xc6336402);
        assertThat(Bytes.hex(memory)).isEqualTo(Bytes.only(AT, "45b8 0540 0000 0000 3f11 89be c0000201 c6336402"));
        assertSound(memory);
    }

    @ParameterizedTest
    @CsvSource({"0, 4000", "ffff, 1fff", "1, 2000", "beef, 00b9"})
    @Tag("C-065")
    void writesTheFragmentFieldsWithTheChecksum(String identification, String field) {
        var memory = Bytes.unset(AT + Ipv4Header.LENGTH + AT);
        header.wrap(memory, AT)
                .write(0xff, 0xffff, 0xff, 0xff)
                .fragment(Integer.parseInt(identification, 16), Integer.parseInt(field, 16))
                .finish(-1, -1);
        assertThat(header.identification()).isEqualTo(Integer.parseInt(identification, 16));
        assertThat(header.fragmentField()).isEqualTo(Integer.parseInt(field, 16));
        assertSound(memory);
    }

    @Test
    @Tag("C-065")
    void updatesTheChecksumAfterAChange() {
        var memory = Bytes.at(AT, "46b8 0540 beef 4000 3f11 ffff c0000201 c6336402 94040000");
        header.wrap(memory, AT);
        header.totalLength(576).identification(1).fragmentField(0x2000).ttl(1).updateChecksum();
        assertThat(Bytes.hex(memory))
                .isEqualTo(Bytes.only(AT, "46b8 0240 0001 2000 0111 15b9 c0000201 c6336402 94040000"));
        assertThat(header.hasValidChecksum()).isTrue();
    }

    @ParameterizedTest(name = "with a wrong bit in byte {0}")
    @ValueSource(ints = {1, 2, 7, 8, 10, 11, 12, 19, 20, 23})
    void noticesAWrongChecksum(int damaged) {
        var memory = Bytes.at(AT, "46b8 0240 0001 2000 0111 15b9 c0000201 c6336402 94040000");
        header.wrap(memory, AT);
        assertThat(header.hasValidChecksum()).isTrue();
        Octets.u8(memory, AT + damaged, Octets.u8(memory, AT + damaged) ^ 0x08);
        assertThat(header.hasValidChecksum()).isFalse();
    }

    /** pcap4j reads the same values, and computes the same checksum. */
    private void assertSound(MemorySegment memory) {
        var bytes = memory.asSlice(AT, Ipv4Header.LENGTH).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
        try {
            var parsed = IpV4Packet.newPacket(bytes, 0, bytes.length).getHeader();
            assertThat(parsed.hasValidChecksum(false)).isTrue();
            assertThat(parsed.getTotalLengthAsInt()).isEqualTo(header.totalLength());
            assertThat(parsed.getIdentificationAsInt()).isEqualTo(header.identification());
            assertThat(parsed.getTtlAsInt()).isEqualTo(header.ttl());
            assertThat(parsed.getProtocol().value() & 0xff).isEqualTo(header.protocol());
        } catch (IllegalRawDataException e) {
            throw new AssertionError("pcap4j can't read the header", e);
        }
    }
}
