// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import nat64.gateway.config.ConfigFile;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.session.pool4.Pool4Range;
import nat64.translator.session.pool4.PortRange;
import org.junit.jupiter.api.Test;

/** Which addresses of pool4 an operator drains. */
class DrainedTest {

    private final List<Pool4Range> pool4 = List.of(range("203.0.113.0/29"), range("198.51.100.7/32"));

    @Test
    void countsWhatIsLeft() {
        assertThat(Drained.NONE.left(pool4)).isEqualTo(9);
        assertThat(drain(Drained.NONE, "203.0.113.2/32").left(pool4)).isEqualTo(8);
        assertThat(drain(drain(Drained.NONE, "203.0.113.2/32"), "203.0.113.0/30")
                        .left(pool4))
                .isEqualTo(5);
        assertThat(drain(Drained.NONE, "203.0.0.0/16").left(pool4)).isEqualTo(1);
    }

    @Test
    void endsForAPartOfWhatWasDrained() {
        var drained = drain(Drained.NONE, "203.0.113.0/29").undrain(Ipv4Prefix.parse("203.0.113.5/32"));

        assertThat(drained.left(pool4)).isEqualTo(2);
        assertThat(drained.prefixes()).noneMatch(prefix -> prefix.overlaps(Ipv4Prefix.parse("203.0.113.5/32")));
        assertThat(drained.undrain(Ipv4Prefix.parse("0.0.0.0/0"))).isEqualTo(Drained.NONE);
    }

    @Test
    void drainsTheLastAddressByForceOnly() {
        var almost = drain(Drained.NONE, "203.0.113.0/29");
        var last = Ipv4Prefix.parse("198.51.100.7/32");

        assertThatThrownBy(() -> almost.drain(last, pool4, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no address of pool4 would be left")
                .hasMessageContaining("--force");
        assertThat(almost.drain(last, pool4, true).left(pool4)).isZero();
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> drain(Drained.NONE, "192.0.2.1/32"))
                .hasMessageStartingWith("pool4 has no address of 192.0.2.1/32");
        assertThatThrownBy(() -> drain(drain(Drained.NONE, "203.0.113.0/30"), "203.0.113.1/32"))
                .hasMessage("203.0.113.1/32 is draining already");
        assertThatThrownBy(() -> Drained.NONE.undrain(Ipv4Prefix.parse("203.0.113.1/32")))
                .hasMessageStartingWith("203.0.113.1/32 is not drained");
    }

    @Test
    void isHandedOverToTheTranslator() {
        var config = ConfigFile.parse("f", """
                pref64: [64:ff9b::/96]
                clients: ["2001:db8::/32"]
                translator: {pool4: [{prefix: 203.0.113.0/29}], max-sessions: 1000}
                """).config();

        assertThat(drain(Drained.NONE, "203.0.113.2/32")
                        .in(config)
                        .translatorSettings()
                        .drained())
                .containsExactly(Ipv4Prefix.parse("203.0.113.2/32"));
    }

    private Drained drain(Drained drained, String prefix) {
        return drained.drain(Ipv4Prefix.parse(prefix), pool4, false);
    }

    private static Pool4Range range(String prefix) {
        return new Pool4Range(Ipv4Prefix.parse(prefix), PortRange.ALL);
    }
}
