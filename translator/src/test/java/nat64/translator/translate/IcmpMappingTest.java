// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import nat64.translator.wire.IcmpHeader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The tables of RFC 7915, sections 4.2 and 5.2, for every type and code that there is. A name not listed is dropped.
 */
class IcmpMappingTest {

    private static final String TO_IPV6 = """
            8/0 128/0
            0/0 129/0
            3/0 1/0
            3/1 1/0
            3/2 4/1
            3/3 1/4
            3/4 2/0
            3/5 1/0
            3/6 1/0
            3/7 1/0
            3/8 1/0
            3/9 1/1
            3/10 1/1
            3/11 1/0
            3/12 1/0
            3/13 1/1
            3/15 1/1
            12/0 4/0
            12/2 4/0
            """;

    private static final String TO_IPV4 = """
            128/0 8/0
            129/0 0/0
            1/0 3/1
            1/1 3/10
            1/2 3/1
            1/3 3/1
            1/4 3/3
            4/0 12/0
            4/1 3/2
            """;

    @Test
    @Tag("C-025")
    @Tag("C-026")
    @Tag("C-028")
    @Tag("C-029")
    @Tag("C-030")
    @Tag("C-031")
    @Tag("C-033")
    @Tag("C-034")
    @Tag("C-035")
    @Tag("C-036")
    void mapsEveryIcmpv4Message() {
        var table = table(TO_IPV6);
        for (int type = 0; type < 256; type++) {
            for (int code = 0; code < 256; code++) {
                int message = IcmpHeader.message(type, code);
                int expected = table.getOrDefault(message, IcmpMapping.NOTHING);
                if (type == 0 || type == 8) {
                    expected = IcmpHeader.message(type == 8 ? 128 : 129, 0); // echo has no codes
                } else if (type == 11) {
                    expected = IcmpHeader.message(3, code);
                }
                assertThat(IcmpMapping.toIpv6(type, code))
                        .as("%d/%d", type, code)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    @Tag("C-079")
    @Tag("C-080")
    @Tag("C-081")
    @Tag("C-082")
    @Tag("C-084")
    @Tag("C-085")
    @Tag("C-086")
    void mapsEveryIcmpv6Message() {
        var table = table(TO_IPV4);
        for (int type = 0; type < 256; type++) {
            for (int code = 0; code < 256; code++) {
                int expected = table.getOrDefault(IcmpHeader.message(type, code), IcmpMapping.NOTHING);
                if (type == 128 || type == 129) {
                    expected = IcmpHeader.message(type == 128 ? 8 : 0, 0);
                } else if (type == 2) {
                    expected = IcmpHeader.message(3, 4); // RFC 4443, section 3.2: its code is ignored
                } else if (type == 3) {
                    expected = IcmpHeader.message(11, code);
                }
                assertThat(IcmpMapping.toIpv4(type, code))
                        .as("%d/%d", type, code)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    @Tag("C-035")
    void mapsPointersToIpv6AsInFigure3() {
        int[] figure = {0, 1, 4, 4, -1, -1, -1, -1, 7, 6, -1, -1, 8, 8, 8, 8, 24, 24, 24, 24};
        for (int pointer = 0; pointer < 256; pointer++) {
            assertThat(IcmpMapping.pointerToIpv6(pointer))
                    .as("pointer %d", pointer)
                    .isEqualTo(pointer < figure.length ? figure[pointer] : IcmpMapping.NOTHING);
        }
    }

    @Test
    @Tag("C-085")
    void mapsPointersToIpv4AsInFigure6() {
        int[] figure = {0, 1, -1, -1, 2, 2, 9, 8};
        for (int pointer = 0; pointer < 256; pointer++) {
            int expected = IcmpMapping.NOTHING;
            if (pointer < figure.length) {
                expected = figure[pointer];
            } else if (pointer < 40) {
                expected = pointer < 24 ? 12 : 16;
            }
            assertThat(IcmpMapping.pointerToIpv4(pointer))
                    .as("pointer %d", pointer)
                    .isEqualTo(expected);
        }
        assertThat(IcmpMapping.pointerToIpv4(-1)).as("2^32 - 1").isEqualTo(IcmpMapping.NOTHING);
        assertThat(IcmpMapping.pointerToIpv4(Integer.MIN_VALUE)).isEqualTo(IcmpMapping.NOTHING);
    }

    @Test
    @Tag("C-042")
    void allowsExtensionsWhereRfc4884Does() {
        for (int type = 0; type < 256; type++) {
            int message = IcmpHeader.message(type, 0);
            assertThat(IcmpMapping.mayExtendIpv6(message)).as("ICMPv6 %d", type).isEqualTo(type == 1 || type == 3);
            assertThat(IcmpMapping.mayExtendIpv4(message)).as("ICMPv4 %d", type).isEqualTo(type == 3 || type == 11);
        }
    }

    private static Map<Integer, Integer> table(String lines) {
        var table = new HashMap<Integer, Integer>();
        for (var line : lines.lines().toList()) {
            var sides = line.split(" ", 2);
            table.put(message(sides[0]), message(sides[1]));
        }
        return table;
    }

    private static int message(String typeAndCode) {
        int slash = typeAndCode.indexOf('/');
        return IcmpHeader.message(
                Integer.parseInt(typeAndCode.substring(0, slash)), Integer.parseInt(typeAndCode.substring(slash + 1)));
    }
}
