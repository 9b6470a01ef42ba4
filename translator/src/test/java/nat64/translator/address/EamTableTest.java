// SPDX-License-Identifier: Apache-2.0
package nat64.translator.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EamTableTest {

    /** The table of RFC 7757, figure 1. */
    private static final EamTable RFC_7757 = new EamTable(List.of(
            Eam.parse("192.0.2.1", "2001:db8:aaaa::"),
            Eam.parse("192.0.2.2/32", "2001:db8:bbbb::b/128"),
            Eam.parse("192.0.2.16/28", "2001:db8:cccc::/124"),
            Eam.parse("192.0.2.128/26", "2001:db8:dddd::/64"),
            Eam.parse("192.0.2.192/29", "2001:db8:eeee:8::/62"),
            Eam.parse("192.0.2.224/31", "64:ff9b::/127")));

    private static final StatelessMapping MAPPING = new StatelessMapping(RFC_7757, List.of(Pref64.WELL_KNOWN));

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 2001:db8:aaaa::",
        "192.0.2.2, 2001:db8:bbbb::b",
        "192.0.2.24, 2001:db8:cccc::8",
        "192.0.2.152, 2001:db8:dddd:0:6000::",
        "192.0.2.183, 2001:db8:dddd:0:dc00::",
        "192.0.2.195, 2001:db8:eeee:9:8000::",
        "192.0.2.225, 64:ff9b::1",
        "192.0.2.248, 64:ff9b::c000:2f8",
    })
    @Tag("C-112")
    @Tag("C-113")
    @Tag("C-115")
    void mapsTheExamplesOfTheStandardBothWays(String ipv4, String ipv6) {
        assertThat(toIpv6(MAPPING, ipv4)).isEqualTo(Ipv6Address.parse(ipv6));
        assertThat(toIpv4(MAPPING, ipv6)).isEqualTo(ipv4);
    }

    @Test
    @Tag("C-112")
    void cutsBitsThatFindNoRoomInIpv4() {
        assertThat(toIpv4(MAPPING, "2001:db8:dddd:0:6000::1234")).isEqualTo("192.0.2.152");
        assertThat(toIpv4(MAPPING, "2001:db8:eeee:9:8fff:ffff:ffff:ffff")).isEqualTo("192.0.2.195");
    }

    @Test
    @Tag("C-113")
    void findsNoIpv4AddressOutsideMappingsAndPref64() {
        var stranger = Ipv6Address.parse("2001:db8::1");
        assertThat(MAPPING.rule(stranger.high(), stranger.low())).isEqualTo(StatelessMapping.NONE);
    }

    @Test
    @Tag("C-112")
    void prefersTheLongestPrefixOfTheFamilyOfTheAddress() {
        var table = new EamTable(List.of(
                Eam.parse("198.51.100.0/24", "2001:db8:1::/96"),
                Eam.parse("198.51.100.128/25", "2001:db8:2::/120"),
                Eam.parse("198.51.100.200", "2001:db8:1::7")));
        var mapping = new StatelessMapping(table, List.of(Pref64.WELL_KNOWN));
        assertThat(toIpv6(mapping, "198.51.100.1")).isEqualTo(Ipv6Address.parse("2001:db8:1::100:0"));
        assertThat(toIpv6(mapping, "198.51.100.129")).isEqualTo(Ipv6Address.parse("2001:db8:2::2"));
        assertThat(toIpv6(mapping, "198.51.100.200")).isEqualTo(Ipv6Address.parse("2001:db8:1::7"));
        assertThat(toIpv4(mapping, "2001:db8:1::7")).isEqualTo("198.51.100.200");
        assertThat(toIpv4(mapping, "2001:db8:1::8")).isEqualTo("198.51.100.0");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0, ::/0", "0.0.0.0/0, 2001:db8::/96", "10.0.0.0/8, 2001:db8::/40", "10.0.0.0/8, 2001:db8::/63",
        "10.0.0.0/8, 2001:db8::/64", "10.0.0.0/8, 2001:db8::/65", "10.0.0.0/8, 2001:db8::/104", "10.0.0.1/32, ::/0"
    })
    @Tag("C-111")
    @Tag("C-112")
    void mapsEveryLengthThereAndBack(String ipv4, String ipv6) {
        var eam = Eam.parse(ipv4, ipv6);
        var random = new SplittableRandom(7757);
        for (int i = 0; i < 200; i++) {
            int suffix = eam.ipv4().length() == 32
                    ? 0
                    : random.nextInt() >>> eam.ipv4().length();
            int address = eam.ipv4().address() | suffix;
            assertThat(eam.ipv6().contains(eam.ipv6High(address), eam.ipv6Low(address)))
                    .isTrue();
            assertThat(eam.ipv4Of(eam.ipv6High(address), eam.ipv6Low(address))).isEqualTo(address);
        }
    }

    @Test
    @Tag("C-111")
    void refusesAnIpv4PrefixThatDoesNotFit() {
        assertThatThrownBy(() -> Eam.parse("192.0.2.0/24", "2001:db8::/121"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("make the IPv6 prefix /120 or shorter");
    }

    @Test
    @Tag("C-118")
    void refusesIdenticalPrefixes() {
        assertThatThrownBy(() -> new EamTable(
                        List.of(Eam.parse("192.0.2.1", "2001:db8::1"), Eam.parse("192.0.2.1", "2001:db8::2"))))
                .hasMessageContaining("192.0.2.1/32 <-> 2001:db8::2/128");
        assertThatThrownBy(() -> new EamTable(
                        List.of(Eam.parse("192.0.2.1", "2001:db8::1"), Eam.parse("192.0.2.2", "2001:db8::1"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Tag("C-118")
    void tellsWhichMappingsOverlap() {
        var wide = Eam.parse("192.0.2.0/24", "2001:db8:1::/120");
        var inside = Eam.parse("192.0.2.7", "2001:db8:2::7");
        var apart = Eam.parse("198.51.100.7", "2001:db8:3::7");
        assertThat(new EamTable(List.of(wide, inside, apart)).overlaps())
                .containsExactly(new EamTable.Overlap(wide, inside));
        assertThat(RFC_7757.overlaps()).isEmpty();
    }

    @Test
    void findsWhatALinearSearchFindsAmongThousands() {
        var random = new SplittableRandom(128);
        var eams = new ArrayList<Eam>();
        var seen = new java.util.HashSet<Ipv6Prefix>();
        while (eams.size() < 3000) {
            int length = 16 + random.nextInt(113);
            long high = ((0x2001_0db8L << 32) | random.nextInt(64)) & Ipv6Prefix.highMask(length);
            long low = random.nextLong() & Ipv6Prefix.lowMask(length);
            var prefix = new Ipv6Prefix(high, low, length);
            if (seen.add(prefix)) {
                eams.add(new Eam(new Ipv4Prefix(eams.size(), 32), prefix));
            }
        }
        var table = new EamTable(eams);
        for (int i = 0; i < 2000; i++) {
            var near = eams.get(random.nextInt(eams.size())).ipv6();
            long high = near.high();
            long low = near.low() ^ (random.nextInt(4) == 0 ? random.nextLong() >>> random.nextInt(64) : 0);
            int found = table.find(high, low);
            int longest = eams.stream()
                    .map(Eam::ipv6)
                    .filter(prefix -> prefix.contains(high, low))
                    .mapToInt(Ipv6Prefix::length)
                    .max()
                    .orElse(-1);
            assertThat(found == EamTable.NONE ? -1 : table.get(found).ipv6().length())
                    .isEqualTo(longest);
        }
    }

    private static Ipv6Address toIpv6(StatelessMapping mapping, String ipv4) {
        int address = Ipv4Address.parse(ipv4);
        int rule = mapping.rule(address);
        return new Ipv6Address(mapping.ipv6High(rule, address), mapping.ipv6Low(rule, address));
    }

    private static String toIpv4(StatelessMapping mapping, String ipv6) {
        var address = Ipv6Address.parse(ipv6);
        int rule = mapping.rule(address.high(), address.low());
        return Ipv4Address.format(mapping.ipv4(rule, address.high(), address.low()));
    }
}
