// SPDX-License-Identifier: Apache-2.0
package nat64.translator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import nat64.translator.testing.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UdpHeaderTest {

    private static final int AT = 3;

    @ParameterizedTest(name = "{4}")
    @CsvSource({
        "0, 0, 0, 0, 0000 0000 0000 0000",
        "53, 40000, 508, 48879, 0035 9c40 01fc beef",
        "65535, 65535, 65535, 65535, ffff ffff ffff ffff",
        "1, 2, 8, 32768, 0001 0002 0008 8000",
    })
    void readsAndWritesEveryField(int source, int destination, int length, int checksum, String hex) {
        var memory = Bytes.unset(AT + UdpHeader.LENGTH + AT);
        Ports.both(memory, AT, Ports.both(source, destination));
        UdpHeader.datagramLength(memory, AT, length);
        UdpHeader.checksum(memory, AT, checksum);
        assertThat(Bytes.hex(memory)).isEqualTo(Bytes.only(AT, hex));

        assertThat(Ports.source(memory, AT)).isEqualTo(source);
        assertThat(Ports.destination(memory, AT)).isEqualTo(destination);
        assertThat(UdpHeader.datagramLength(memory, AT)).isEqualTo(length);
        assertThat(UdpHeader.checksum(memory, AT)).isEqualTo(checksum);
    }
}
