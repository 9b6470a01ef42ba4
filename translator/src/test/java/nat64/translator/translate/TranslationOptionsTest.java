// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranslationOptionsTest {

    @ParameterizedTest(name = "lowest MTU {0}, MSS {1}, traffic class {2}, TOS {3}")
    @CsvSource({
        "1279, 0, 0, 0", "65536, 0, 0, 0", "1280, -2, 0, 0", "1280, 65536, 0, 0",
        "1280, 0, -2, 0", "1280, 0, 256, 0", "1280, 0, 0, -2", "1280, 0, 0, 256",
    })
    void refusesValuesOutOfRange(int lowestMtu, int mss, int trafficClass, int typeOfService) {
        assertThatThrownBy(() ->
                        new TranslationOptions(lowestMtu, NextHopMtus.UNLIMITED, mss, trafficClass, typeOfService))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not ");
    }

    @Test
    void changesTheLinksOnly() {
        var mtus = new NextHopMtus.Fixed(1500, 1400);
        var options = new TranslationOptions(1300, NextHopMtus.UNLIMITED, MssClamp.AUTO, 0, 255).with(mtus);
        assertThat(options).isEqualTo(new TranslationOptions(1300, mtus, MssClamp.AUTO, 0, 255));
    }
}
