// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

import static nat64.translator.testing.Packets.echo4;
import static nat64.translator.testing.Packets.error4;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.udp4;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import nat64.translator.packet.Packet;
import nat64.translator.testing.Bytes;
import nat64.translator.testing.TestPacket;
import nat64.translator.wire.IcmpHeader;
import nat64.translator.wire.Ipv4Header;
import nat64.translator.wire.Octets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InterfaceInformationTest {

    private static final String OBJECT = "0018 02 04 0002 0000 20010db8 00000001 00000000 00000099";

    private final InterfaceInformation interfaceInformation = new InterfaceInformation();

    @ParameterizedTest(name = "type {0}, {1} bytes quoted become {2}")
    @CsvSource({"3, 48, 128", "11, 48, 128", "12, 48, 128", "3, 128, 128", "3, 129, 132", "3, 520, 520", "3, 548, 520"})
    @Tag("C-108")
    @Tag("C-109")
    @Tag("C-110")
    void appendsTheAddressAfterTheQuote(int type, int quoted, int padded) {
        var packet = error(type, quoted);
        var before = TestPacket.wire(packet).from(28);
        append(packet);
        var wire = TestPacket.wire(packet).assertSound();
        assertThat(wire.octets()[25]).isEqualTo((byte) (padded / 4));
        assertThat(Arrays.copyOfRange(wire.octets(), 28, 28 + Math.min(quoted, padded)))
                .isEqualTo(Arrays.copyOf(before, Math.min(quoted, padded)));
        int padding = Math.max(0, padded - quoted);
        assertThat(Arrays.copyOfRange(wire.octets(), 28 + padded - padding, 28 + padded))
                .isEqualTo(new byte[padding]);
        var structure = wire.from(28 + padded);
        assertThat(structure).hasSize(28).startsWith(0x20, 0x00).endsWith(Bytes.of(OBJECT));
        assertThat(sum(structure)).as("checksum of the structure").isEqualTo(0xffff);
    }

    @Test
    @Tag("C-108")
    void addsAnObjectToAnExtensionThatIsThere() {
        var packet = error(3, 128);
        append(packet);
        append(packet);
        var wire = TestPacket.wire(packet).assertSound();
        var structure = wire.from(28 + 128);
        assertThat(structure).hasSize(4 + 24 + 24).endsWith(Bytes.of(OBJECT + OBJECT));
        assertThat(sum(structure)).isEqualTo(0xffff);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "the version is not 2, 1000 0000",
        "the version is 0, 0000 ffff",
        "the checksum is wrong, 2000 1234",
        "there is no whole header, 2000",
        "an object is longer than the structure, 2000 0000 0018 0204 00000000",
        "an object is shorter than its header, 2000 0000 0003 0204",
        "half an object header follows, 2000 0000 0008 0204 00000000 0004",
    })
    @Tag("C-109")
    void leavesWhatIsNoValidStructure(String fault, String structure) {
        var packet = errorWith(structure);
        var before = TestPacket.wire(packet).octets();
        append(packet);
        assertThat(TestPacket.wire(packet).octets()).as(fault).isEqualTo(before);
    }

    @Test
    @Tag("C-108")
    void addsNoChecksumToAStructureThatHasNone() {
        var packet = errorWith("2000 0000 0008 0101 12345678");
        append(packet);
        assertThat(TestPacket.wire(packet).assertSound().from(28 + 128))
                .isEqualTo(Bytes.of("2000 0000 0008 0101 12345678" + OBJECT));
    }

    @Test
    @Tag("C-108")
    void addsAnObjectToAStructureOfAnotherTranslatorAndUpdatesItsChecksum() {
        var packet = errorWith("2000 764a 0008 0101 12345678");
        append(packet);
        var structure = TestPacket.wire(packet).assertSound().from(28 + 128);
        assertThat(structure).hasSize(4 + 8 + 24).endsWith(Bytes.of("0008 0101 12345678" + OBJECT));
        assertThat(sum(structure)).isEqualTo(0xffff);
    }

    /** With a quote of 128 bytes and these bytes behind it. */
    private static Packet errorWith(String structure) {
        var bytes = Bytes.of(structure);
        var packet = error(3, 128);
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, packet.buffer(), packet.end(), bytes.length);
        packet.endAt(packet.end() + bytes.length);
        int icmp = packet.start() + 20;
        IcmpHeader.quoteWordsV4(packet.buffer(), icmp, 32);
        IcmpHeader.updateChecksum(packet.buffer(), icmp, packet.end(), 0);
        new Ipv4Header()
                .wrap(packet.buffer(), packet.start())
                .totalLength(packet.length())
                .updateChecksum();
        return packet;
    }

    @ParameterizedTest(name = "type {0}")
    @ValueSource(ints = {4, 5})
    @Tag("C-109")
    void leavesErrorsOfOtherTypes(int type) {
        var packet = error(type, 48);
        var before = TestPacket.wire(packet).octets();
        append(packet);
        assertThat(TestPacket.wire(packet).octets()).isEqualTo(before);
    }

    @Test
    @Tag("C-109")
    void leavesEchoes() {
        var echo = echo4("192.0.2.1", "192.0.2.2", true, 1, 1);
        var packet = TestPacket.parsed(echo);
        append(packet);
        assertThat(TestPacket.wire(packet).octets()).isEqualTo(echo);
    }

    @Test
    @Tag("C-045")
    void leavesAnErrorWithoutRoomForOneMoreObject() {
        var packet = error(3, 520);
        append(packet);
        var full = TestPacket.wire(packet).octets();
        assertThat(full).hasSize(576);
        append(packet);
        assertThat(TestPacket.wire(packet).octets()).isEqualTo(full);
    }

    private void append(Packet packet) {
        interfaceInformation.append(packet, 0x20010db800000001L, 0x99);
    }

    private static Packet error(int type, int quoted) {
        var quote = Arrays.copyOf(udp4("192.0.2.2", 1, "192.0.2.1", 2, payload(600)), quoted);
        return TestPacket.parsed(error4("192.0.2.1", "192.0.2.2", type, 0, 0, quote));
    }

    /** The ones' complement sum, by the simplest loop. */
    private static int sum(byte[] bytes) {
        var memory = MemorySegment.ofArray(bytes);
        int sum = 0;
        for (int at = 0; at < bytes.length; at += 2) {
            sum += Octets.u16(memory, at);
        }
        return (sum >>> 16) + (sum & 0xffff);
    }
}
