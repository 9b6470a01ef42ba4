// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import static nat64.dns64.testing.Records.SOA;
import static nat64.dns64.testing.Records.data;
import static nat64.dns64.testing.Records.name;
import static nat64.dns64.testing.Records.noData;
import static nat64.dns64.testing.Records.nxDomain;
import static nat64.dns64.testing.Records.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import nat64.dns64.message.Outcome;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.ReverseMap;

class ReverseNamesTest {

    private static final String ZONE = "0.0.0.0.0.0.0.0.0.0.0.0.4.6.0.0.8.b.d.0.1.0.0.2.ip6.arpa.";

    private final ReverseNames names = names("2001:db8:64::/96");

    @ParameterizedTest(name = "{1} in {0}")
    @CsvSource({ // RFC 6052, section 2.4
        "2001:db8::/32,         2001:db8:c000:221::",
        "2001:db8:100::/40,     2001:db8:1c0:2:21::",
        "2001:db8:122::/48,     2001:db8:122:c000:2:2100::",
        "2001:db8:122:300::/56, 2001:db8:122:3c0:0:221::",
        "2001:db8:122:344::/64, 2001:db8:122:344:c0:2:2100::",
        "2001:db8:122:344::/96, 2001:db8:122:344::192.0.2.33",
        "2001:db8:1::/96,       64:ff9b::192.0.2.33", // the Well-Known Prefix always counts
        "2001:db8:122:344::/64, 2001:db8:122:344:c0:2:2100:7", // the suffix is ignored
    })
    @Tag("R-70")
    @Tag("R-74")
    void findsTheEmbeddedAddress(String prefix, String address) {
        assertThat(names(prefix).read(reverse(address)))
                .asInstanceOf(type(ReverseName.Embedded.class))
                .extracting(ReverseName.Embedded::target)
                .isEqualTo(name("33.2.0.192.in-addr.arpa."));
    }

    @ParameterizedTest(name = "{1} in {0}")
    @CsvSource({
        "2001:db8:64::/96,      2001:db8:65::192.0.2.33",
        "2001:db8:122:344::/64, 2001:db8:122:344:1c0:2:2100::", // bits 64 to 71 are not zero
    })
    @Tag("R-73")
    @Tag("R-74")
    void leavesOtherAddressesToTheUpstream(String prefix, String address) {
        assertThat(names(prefix).read(reverse(address))).isInstanceOf(ReverseName.Foreign.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"33.2.0.192.in-addr.arpa.", "ip6.arpa.", "www.example.org.", "2.ip6.arpa.", "x.ip6.arpa."})
    @Tag("R-73")
    @Tag("R-79")
    void leavesOtherNamesToTheUpstream(String other) {
        assertThat(names.read(name(other))).isInstanceOf(ReverseName.Foreign.class);
    }

    static IntStream everyDepth() {
        return IntStream.range(1, 32);
    }

    @ParameterizedTest(name = "{0} nibbles")
    @MethodSource("everyDepth")
    @Tag("R-75")
    void neverDeniesANameAboveAnAddress(int nibbles) {
        var labels = reverse("2001:db8:64::192.0.2.33");
        var above = new Name(labels, 32 - nibbles);

        var read = names.read(above);

        if (nibbles < 24) {
            assertThat(read).isInstanceOf(ReverseName.Foreign.class);
        } else {
            assertThat(local(read).rcode()).isEqualTo(Rcode.NOERROR);
            assertThat(local(read).sections().answer()).isEmpty();
            assertThat(local(read).sections().authority().getFirst().getName()).isEqualTo(name(ZONE));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"g", "00", "x.1.2.2.0.0.0.0.c", "1.1.2.2.0.0.0.0.c", "-", "www"})
    @Tag("R-75")
    void deniesNamesInsideThePrefixThatAreNoAddress(String labels) {
        assertThat(local(names.read(name(labels + "." + ZONE))).rcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"64:ff9b::192.0.0.170", "64:ff9b::192.0.0.171", "2001:db8:64::192.0.0.170"})
    @Tag("R-77")
    void namesIpv4OnlyArpaAtOnce(String address) {
        assertThat(text(local(names.read(reverse(address))).sections().answer()))
                .containsExactly(reverse(address) + " 3600 IN PTR ipv4only.arpa.");
    }

    @Test
    void readsUpperCaseDigits() {
        assertThat(names.read(
                        name(reverse("2001:db8:64::203.0.113.7").toString().toUpperCase(Locale.ROOT))))
                .isInstanceOf(ReverseName.Embedded.class);
    }

    @Test
    @Tag("R-71")
    void pointsToTheNameOfTheIpv4AddressAndShowsWhatIsThere() {
        var plan = decide(data("33.2.0.192.in-addr.arpa. 50 IN PTR www.example.org."));

        assertThat(plan)
                .isEqualTo(new Plan.Alias(data(
                                reverse("2001:db8:64::192.0.2.33") + " 600 IN CNAME 33.2.0.192.in-addr.arpa.",
                                "33.2.0.192.in-addr.arpa. 50 IN PTR www.example.org.")
                        .sections()));
    }

    @Test
    @Tag("R-72")
    void deniesWithoutAliasWhatTheTargetDenies() {
        assertThat(decide(nxDomain(SOA))).isEqualTo(new Plan.NxDomain(LocalAnswer.denial(name(ZONE), 300)));
        assertThat(decide(noData(SOA))).isEqualTo(new Plan.NoData(LocalAnswer.denial(name(ZONE), 300)));
    }

    @Test
    void failsWhenTheTargetFails() {
        assertThat(decide(new Outcome.Timeout())).isEqualTo(new Plan.Failed(new Outcome.Timeout()));
    }

    private Plan decide(Outcome target) {
        var asked = reverse("2001:db8:64::192.0.2.33");
        return names.decide(asked, (ReverseName.Embedded) names.read(asked), target);
    }

    private static LocalAnswer local(ReverseName name) {
        return ((ReverseName.Local) name).answer();
    }

    private static Name reverse(String address) {
        return ReverseMap.fromAddress(Ipv6Address.parse(address).bytes());
    }

    private static ReverseNames names(String prefix) {
        return new ReverseNames(List.of(Pref64.parse(prefix)));
    }
}
