// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import static java.util.Objects.requireNonNull;
import static nat64.dns64.testing.Records.name;
import static nat64.dns64.testing.Records.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.Type;

class OwnNamesTest {

    private static final List<Pref64> PREF64S = List.of(Pref64.parse("2001:db8:64::/96"));
    private static final View VIEW = View.of(PREF64S);
    private static final Name NAT64 = name("nat64.example.org.");

    private final SpecialNames names = names(new OwnNames(Optional.of(NAT64), true));

    @Test
    @Tag("R-78")
    void pointsFromTheWellKnownAddressesToTheName() {
        assertThat(pointers("2001:db8:64::192.0.0.170")).containsExactly("nat64.example.org.");
        assertThat(pointers("2001:db8:64::192.0.0.171")).containsExactly("nat64.example.org.");
    }

    @Test
    @Tag("R-78")
    void givesTheNameTheseAddresses() {
        assertThat(text(answer(NAT64, Type.AAAA).sections().answer()))
                .containsExactly(
                        "nat64.example.org. 3600 IN AAAA 2001:db8:64:0:0:0:c000:aa",
                        "nat64.example.org. 3600 IN AAAA 2001:db8:64:0:0:0:c000:ab");
    }

    @Test
    @Tag("R-78")
    void hasNothingElseOfTheName() {
        var a = answer(NAT64, Type.A);

        assertThat(a.rcode()).isEqualTo(Rcode.NOERROR);
        assertThat(a.sections().answer()).isEmpty();
        assertThat(a.sections().negativeTtl()).isPresent();
        assertThat(names.answer(name("www.nat64.example.org."), Type.AAAA, VIEW))
                .isEmpty();
    }

    @Test
    @Tag("R-78")
    void leavesAPrefixThatIsNotAnnouncedAsItIs() {
        assertThat(pointers("64:ff9b::192.0.0.170")).containsExactly("ipv4only.arpa.");
    }

    @Test
    void deniesTheCanaryOfBrowsers() {
        for (int type : new int[] {Type.A, Type.AAAA, Type.HTTPS}) {
            assertThat(answer(OwnNames.CANARY, type).rcode()).isEqualTo(Rcode.NXDOMAIN);
        }
    }

    @Test
    void leavesTheCanaryToTheUpstreamWhereNothingIsMadeOrWanted() {
        var dualStack = new View(
                "dual-stack",
                false,
                VIEW.mapping(),
                VIEW.excluded(),
                VIEW.synthesizeOn(),
                VIEW.domains(),
                View.WithCheckingDisabled.NONE,
                View.LONGEST_TTL);

        assertThat(names.answer(OwnNames.CANARY, Type.A, dualStack)).isEmpty();
        assertThat(names(OwnNames.NONE).answer(OwnNames.CANARY, Type.A, VIEW)).isEmpty();
    }

    private LocalAnswer answer(Name asked, int type) {
        return names.answer(asked, type, VIEW).orElseThrow();
    }

    private List<String> pointers(String address) {
        var reverse =
                requireNonNull(ReverseMap.fromAddress(Ipv6Address.parse(address).bytes()));
        return answer(reverse, Type.PTR).sections().answer().stream()
                .map(record -> record.rdataToString())
                .toList();
    }

    private static SpecialNames names(OwnNames own) {
        return new SpecialNames(
                new ReverseNames(PREF64S, false, own.nat64()),
                new ResolverArpa(List.of()),
                new LocalZones(List.of()),
                own);
    }
}
