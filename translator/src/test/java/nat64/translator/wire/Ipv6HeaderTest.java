// SPDX-License-Identifier: Apache-2.0
package nat64.translator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import nat64.translator.testing.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ipv6HeaderTest {

    private static final int AT = 3;
    private static final String ADDRESSES = "20010db8000000010000000000000001 0064ff9b0000000000000000c0000201";

    private final Ipv6Header header = new Ipv6Header();

    @Test
    void readsEveryField() {
        header.wrap(Bytes.at(AT, "6b8abcde 0514 2c 3f" + ADDRESSES), AT);
        assertThat(header.version()).isEqualTo(6);
        assertThat(header.trafficClass()).isEqualTo(0xb8);
        assertThat(header.payloadLength()).isEqualTo(1300);
        assertThat(header.nextHeader()).isEqualTo(IpProtocol.FRAGMENT);
        assertThat(header.hopLimit()).isEqualTo(63);
        assertThat(header.sourceHigh()).isEqualTo(0x20010db800000001L);
        assertThat(header.sourceLow()).isEqualTo(1);
        assertThat(header.destinationHigh()).isEqualTo(0x0064ff9b00000000L);
        assertThat(header.destinationLow()).isEqualTo(0xc0000201L);
    }

    @ParameterizedTest(name = "{0}: version {1}, traffic class {2}")
    @CsvSource({"60000000, 6, 0", "6ff00000, 6, 255", "600fffff, 6, 0", "45b80540, 4, 91", "f0100000, 15, 1"})
    void readsVersionAndTrafficClassApartFromTheFlowLabel(String first, int version, int trafficClass) {
        header.wrap(Bytes.at(AT, first + "00".repeat(36)), AT);
        assertThat(header.version()).isEqualTo(version);
        assertThat(header.trafficClass()).isEqualTo(trafficClass);
    }

    @ParameterizedTest(name = "class {0}, length {1}, next {2}, hop limit {3}")
    @CsvSource({
        "0, 0, 0, 0, 60000000 0000 00 00",
        "184, 1300, 17, 63, 6b800000 0514 11 3f",
        "255, 65535, 255, 255, 6ff00000 ffff ff ff",
    })
    @Tag("C-001")
    @Tag("C-002")
    void writesAHeaderWithoutFlowLabel(int trafficClass, int length, int next, int hopLimit, String expected) {
        var memory = Bytes.unset(AT + Ipv6Header.LENGTH + AT);
        header.wrap(memory, AT)
                .write(trafficClass, length, next, hopLimit)
                .source(0x20010db800000001L, 1)
                .destination(0x0064ff9b00000000L, 0xc0000201L);
        assertThat(Bytes.hex(memory)).isEqualTo(Bytes.only(AT, expected + ADDRESSES));
    }

    @Test
    void changesSingleFieldsOnly() {
        var memory = Bytes.at(AT, "6b8abcde 0514 11 3f" + ADDRESSES);
        header.wrap(memory, AT).payloadLength(8).nextHeader(IpProtocol.FRAGMENT);
        assertThat(Bytes.hex(memory)).isEqualTo(Bytes.only(AT, "6b8abcde 0008 2c 3f" + ADDRESSES));
    }
}
