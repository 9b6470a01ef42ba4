// SPDX-License-Identifier: Apache-2.0
package nat64.translator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import nat64.translator.testing.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FragmentHeaderTest {

    private static final int AT = 3;

    private final FragmentHeader header = new FragmentHeader();

    @ParameterizedTest(name = "{4}")
    @CsvSource({
        "17, 0, false, 0, 11 00 0000 00000000",
        "6, 0, true, -559038737, 06 00 0001 deadbeef",
        "17, 1232, true, 48879, 11 00 04d1 0000beef",
        "58, 65528, false, -1, 3a 00 fff8 ffffffff",
    })
    @Tag("C-016")
    void readsAndWritesEveryField(int next, int offset, boolean more, int identification, String hex) {
        var memory = Bytes.unset(AT + FragmentHeader.LENGTH + AT);
        header.wrap(memory, AT).write(next, offset, more, identification);
        assertThat(Bytes.hex(memory)).isEqualTo(Bytes.only(AT, hex));

        assertThat(header.nextHeader()).isEqualTo(next);
        assertThat(header.fragmentOffset()).isEqualTo(offset);
        assertThat(header.moreFragments()).isEqualTo(more);
        assertThat(header.identification()).isEqualTo(identification);
    }

    @Test
    void ignoresReservedBits() {
        header.wrap(Bytes.at(AT, "11 ff 0006 00000000"), AT);
        assertThat(header.fragmentOffset()).isZero();
        assertThat(header.moreFragments()).isFalse();
    }
}
