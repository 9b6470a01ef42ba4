// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import static nat64.dns64.testing.Records.answer;
import static nat64.dns64.testing.Records.data;
import static nat64.dns64.testing.Records.name;
import static nat64.dns64.testing.Records.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nat64.dns64.message.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RebindingProtectionTest {

    private static final RebindingProtection ON = RebindingProtection.except(List.of(name("corp.example.")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A 0.0.0.0",
                "A 10.1.2.3",
                "A 100.64.0.1",
                "A 127.0.0.1",
                "A 127.255.0.1",
                "A 169.254.169.254",
                "A 172.16.0.1",
                "A 172.31.255.255",
                "A 192.168.1.1",
                "AAAA ::",
                "AAAA ::1",
                "AAAA fc00::1",
                "AAAA fd00::1",
                "AAAA fe80::1",
                "AAAA febf::1",
                "AAAA fec0::1",
                "AAAA ::ffff:127.0.0.1",
                "AAAA ::ffff:10.0.0.1",
                "HTTPS 1 . ipv4hint=10.0.0.1",
                "HTTPS 1 . ipv6hint=fd00::1",
                "SVCB 1 . ipv4hint=192.0.2.1,192.168.0.1"
            })
    void leavesOutAddressesOfTheHostTheLinkAndPrivateNetworks(String record) {
        var outcome = ON.filter(name("www.example.org."), data("www.example.org. 60 IN " + record));

        assertThat(outcome).isInstanceOf(Outcome.NoData.class);
        assertThat(((Outcome.NoData) outcome).sections().size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A 192.0.2.1",
                "A 172.32.0.1",
                "A 100.128.0.1",
                "A 11.0.0.1",
                "AAAA 2001:db8::1",
                "AAAA 64:ff9b::a00:1",
                "AAAA ::ffff:192.0.2.1",
                "HTTPS 1 . ipv4hint=192.0.2.1",
                "TXT 10.0.0.1",
                "PTR localhost."
            })
    void leavesOtherRecordsAlone(String record) {
        var outcome = data("www.example.org. 60 IN " + record);

        assertThat(ON.filter(name("www.example.org."), outcome)).isSameAs(outcome);
    }

    @Test
    void keepsTheAddressesThatAreLeft() {
        var outcome = ON.filter(
                name("www.example.org."),
                data("www.example.org. 60 IN A 192.0.2.1", "www.example.org. 60 IN A 10.0.0.1"));

        assertThat(text(((Outcome.Data) outcome).sections().answer()))
                .containsExactly("www.example.org. 60 IN A 192.0.2.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"corp.example.", "a.b.corp.example.", "printer.home.arpa.", "nas.local.", "vault.internal."})
    void showsAddressesOfPrivateDomains(String domain) {
        var outcome = data(domain + " 60 IN A 10.0.0.1");

        assertThat(ON.filter(name(domain), outcome)).isSameAs(outcome);
    }

    /** The name of the stranger is what the browser goes by, wherever its alias leads. */
    @Test
    void goesByTheNameThatIsAskedFor() {
        var outcome = ON.filter(
                name("evil.example.org."),
                data("evil.example.org. 60 IN CNAME nas.corp.example.", "nas.corp.example. 60 IN A 10.0.0.1"));

        assertThat(outcome).isEqualTo(new Outcome.NoData(answer("evil.example.org. 60 IN CNAME nas.corp.example.")));
    }

    @Test
    void leavesEverythingAloneWhenItIsOff() {
        var outcome = data("www.example.org. 60 IN A 127.0.0.1");

        assertThat(RebindingProtection.OFF.filter(name("www.example.org."), outcome))
                .isSameAs(outcome);
    }

    @Test
    void provesNothingAfterSomethingWasLeftOut() {
        var signed = answer("www.example.org. 60 IN A 192.0.2.1", "www.example.org. 60 IN A 10.0.0.1")
                .withSecure(true);
        var outcome = ON.filter(name("www.example.org."), new Outcome.Data(signed));

        assertThat(((Outcome.Data) outcome).sections().secure()).isFalse();
    }
}
