// SPDX-License-Identifier: Apache-2.0
package nat64.translator.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import nat64.translator.testing.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OctetsTest {

    @Test
    void readsUnsignedFieldsInNetworkOrderAtAnyOffset() {
        var memory = Bytes.at(3, "fedcba9876543210");
        assertThat(Octets.u8(memory, 3)).isEqualTo(0xfe);
        assertThat(Octets.u16(memory, 3)).isEqualTo(0xfedc);
        assertThat(Octets.u32(memory, 3)).isEqualTo(0xfedcba98);
        assertThat(Octets.u64(memory, 3)).isEqualTo(0xfedcba9876543210L);
    }

    @Test
    void writesTheLowBitsOfAValueAndNothingAround() {
        var memory = Bytes.unset(7);
        Octets.u8(memory, 3, 0x12345);
        assertThat(Bytes.hex(memory)).isEqualTo(Bytes.only(3, "45"));

        memory = Bytes.unset(8);
        Octets.u16(memory, 3, 0x12345);
        assertThat(Bytes.hex(memory)).isEqualTo(Bytes.only(3, "2345"));

        memory = Bytes.unset(10);
        Octets.u32(memory, 3, 0xfedcba98);
        assertThat(Bytes.hex(memory)).isEqualTo(Bytes.only(3, "fedcba98"));

        memory = Bytes.unset(14);
        Octets.u64(memory, 3, 0xfedcba9876543210L);
        assertThat(Bytes.hex(memory)).isEqualTo(Bytes.only(3, "fedcba9876543210"));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 8, Integer.MAX_VALUE})
    void throwsOutsideOfTheBuffer(int at) {
        var memory = Bytes.unset(8);
        assertThatThrownBy(() -> Octets.u64(memory, at)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Octets.u64(memory, at, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(Bytes.hex(memory)).isEqualTo("a5".repeat(8));
    }
}
