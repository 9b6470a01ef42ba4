// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;
import org.junit.jupiter.api.Test;

class PcapChangesTest {

    @Test
    void keepsTheKernelFromWhatIsTranslated() throws Exception {
        var change = PcapChanges.of(plan("wan")).getFirst();

        assertThat(change.step().line())
                .contains("hook ingress device \"lo\"", "ip6 daddr { 64:ff9b::/96, 2001:db8:1::64/128 } counter drop")
                .contains("ip daddr { 192.0.2.64/29 } counter drop");
        assertThat(change.undo().map(Step::line)).isEqualTo(Optional.of("run\tnft\tdelete table netdev nat64_wan"));
    }

    @Test
    void changesAnInterfaceOnceThatServesBothSides() {
        assertThat(plan("nat64").interfaces()).containsExactly("lo");
    }

    private static PcapPlan plan(String name) {
        return new PcapPlan(
                name,
                "lo",
                "lo",
                List.of(Ipv6Prefix.parse("64:ff9b::/96"), Ipv6Prefix.parse("2001:db8:1::64")),
                List.of(Ipv4Prefix.parse("192.0.2.64/29")));
    }
}
