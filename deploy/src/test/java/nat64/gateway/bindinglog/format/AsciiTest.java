// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsciiTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "1::",
                "2001:db8::7",
                "2001:db8:0:1:1:1:1:1",
                "2001:0:0:1::1",
                "2001:db8::1:0:0:1",
                "1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6::",
                "::3:4:5:6:7:8",
                "fedc:ba98:7654:3210:a:0:0:f0"
            })
    void writesIpv6AsRfc5952Does(String text) {
        var address = Ipv6Address.parse(text);

        assertThat(written(into -> Ascii.ipv6(into, address.high(), address.low())))
                .isEqualTo(address.toString());
    }

    @Test
    void writesAnyAddressAsTheAddressItself() {
        var random = new SplittableRandom(5952);
        for (int i = 0; i < 20_000; i++) {
            long zeros = spread(random.nextInt(256)); // groups that are zero
            var address = new Ipv6Address(random.nextLong() & zeros, random.nextLong() & spread(random.nextInt(256)));
            int ipv4 = random.nextInt();

            if (!address.isIpv4Mapped()) {
                assertThat(written(into -> Ascii.ipv6(into, address.high(), address.low())))
                        .isEqualTo(address.toString());
            }
            assertThat(written(into -> Ascii.ipv4(into, ipv4))).isEqualTo(Ipv4Address.format(ipv4));
        }
    }

    @Test
    void writesNumbers() {
        assertThat(written(into -> Ascii.decimal(into, 0))).isEqualTo("0");
        assertThat(written(into -> Ascii.decimal(into, 65_535))).isEqualTo("65535");
        assertThat(written(into -> Ascii.decimal(into, Long.MAX_VALUE))).isEqualTo("9223372036854775807");
        assertThat(written(into -> Ascii.decimal(into, 7, 3))).isEqualTo("007");
    }

    /** A mask of four groups from four of eight bits. */
    private static long spread(int bits) {
        long mask = 0;
        for (int group = 0; group < 4; group++) {
            mask = (mask << 16) | ((bits >> group & 1) == 0 ? 0 : 0xffff);
        }
        return mask;
    }

    private static String written(Consumer<ByteBuffer> writing) {
        var into = ByteBuffer.allocate(64);
        writing.accept(into);
        return StandardCharsets.US_ASCII.decode(into.flip()).toString();
    }
}
