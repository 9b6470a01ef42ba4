// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.pool4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv4Prefix;
import org.junit.jupiter.api.Test;

class Pool4Test {

    private static final PortRange HIGH = new PortRange(2000, 3000);

    private final Pool4 pool4 = new Pool4(List.of(
            new Pool4Range(Ipv4Prefix.parse("203.0.113.8/30"), PortRange.ALL),
            new Pool4Range(Ipv4Prefix.parse("192.0.2.1"), HIGH)));

    @Test
    void numbersItsAddresses() {
        assertThat(pool4.size()).isEqualTo(5);
        for (int index = 0; index < pool4.size(); index++) {
            assertThat(pool4.index(pool4.address(index))).isEqualTo(index);
        }
        assertThat(Ipv4Address.format(pool4.address(4))).isEqualTo("192.0.2.1");
        assertThat(pool4.range(3).ports()).isEqualTo(PortRange.ALL);
        assertThat(pool4.range(4).ports()).isEqualTo(HIGH);
    }

    @Test
    void knowsWhichAddressesAreItsOwn() {
        assertThat(pool4.contains(Ipv4Address.parse("203.0.113.11"))).isTrue();
        assertThat(pool4.contains(Ipv4Address.parse("203.0.113.12"))).isFalse();
        assertThat(pool4.contains(Ipv4Address.parse("192.0.2.1"))).isTrue();
        assertThat(pool4.contains(Ipv4Address.parse("192.0.2.0"))).isFalse();
    }

    @Test
    void refusesAPoolThatCanOnlyBeAMistake() {
        assertThatThrownBy(() -> new Pool4Range(Ipv4Prefix.parse("10.0.0.0/8"), PortRange.ALL))
                .hasMessageContaining("/16 or longer");
        assertThatThrownBy(() -> new PortRange(5, 4)).hasMessageContaining("5-4");
        assertThatThrownBy(() -> new PortRange(0, 4)).hasMessageContaining("1-65535");
        assertThatThrownBy(() -> new PortRange(1, 65_536)).hasMessageContaining("1-65535");
    }
}
