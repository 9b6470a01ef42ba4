// SPDX-License-Identifier: Apache-2.0
package nat64.translator.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class Pref64sTest {

    private static final Pref64 FIRST = Pref64.parse("2001:db8:64::/96");
    private static final Pref64 SECOND = Pref64.parse("2001:db8:65::/96");
    private static final Pref64 THIRD = Pref64.parse("2001:db8:66::/96");

    private final Pref64s pref64s = Pref64s.of(List.of(FIRST, SECOND));

    @Test
    void findsThePrefixOfAnAddress() {
        assertThat(find(pref64s, "2001:db8:64::c633:6402")).isZero();
        assertThat(find(pref64s, "2001:db8:65::c633:6402")).isEqualTo(1);
        assertThat(find(pref64s, "2001:db8:66::c633:6402")).isEqualTo(Pref64s.NONE);
        assertThat(pref64s.get(1)).isEqualTo(SECOND);
    }

    @Test
    void keepsTheIndexOfAPrefixThatStays() {
        var next = pref64s.next(List.of(THIRD, SECOND));

        assertThat(next.indexOf(SECOND)).isEqualTo(1);
        assertThat(next.indexOf(THIRD)).isEqualTo(2);
        assertThat(next.first()).isEqualTo(2);
        assertThat(next.active()).containsExactly(THIRD, SECOND);
        assertThat(next.keepsIndexesOf(pref64s)).isTrue();
        assertThat(pref64s.keepsIndexesOf(next)).isFalse();
    }

    @Test
    void namesARemovedPrefixButNoLongerFindsIt() {
        var next = pref64s.next(List.of(SECOND));

        assertThat(find(next, "2001:db8:64::1")).isEqualTo(Pref64s.NONE);
        assertThat(next.get(0)).isEqualTo(FIRST);
        assertThat(find(next.next(List.of(FIRST)), "2001:db8:64::1")).isZero();
    }

    @Test
    void refusesMoreIndexesThanAByteHolds() {
        var many = new ArrayList<Pref64>();
        for (int i = 0; i < Pref64s.MOST; i++) {
            many.add(Pref64.parse("2001:db8:%x::/96".formatted(i + 1)));
        }
        var full = Pref64s.of(many);

        assertThat(find(full, "2001:db8:100::1")).isEqualTo(255);
        assertThatThrownBy(() -> full.next(List.of(Pref64.parse("2001:db8:ffff::/96"))))
                .hasMessageContaining("256 different Pref64s")
                .hasMessageContaining("restart");
        assertThatThrownBy(() -> Pref64s.of(List.of())).hasMessageContaining("at least one Pref64");
    }

    private static int find(Pref64s pref64s, String address) {
        var parsed = Ipv6Address.parse(address);
        return pref64s.find(parsed.high(), parsed.low());
    }
}
