// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import static nat64.dns64.testing.Records.name;
import static nat64.dns64.testing.Records.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import nat64.translator.address.Pref64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SVCBBase;
import org.xbill.DNS.SVCBRecord;
import org.xbill.DNS.Type;

class SpecialNamesTest {

    private static final String WELL_KNOWN = "0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.b.9.f.f.4.6.0.0.ip6.arpa.";
    private static final View VIEW = View.of(List.of(Pref64.parse("2001:db8:64::/96")));
    private static final String ZEROS = "0.".repeat(31);

    private final SpecialNames names = names();

    @ParameterizedTest
    @Tag("R-85")
    @CsvSource({
        "www.home.arpa.,             NXDOMAIN",
        "home.arpa.,                 NOERROR",
        "test.,                      NXDOMAIN",
        "www.example.test.,          NXDOMAIN",
        "invalid.,                   NXDOMAIN",
        "www.invalid.,               NXDOMAIN",
        "expyuzz4wqqyqhjn.onion.,    NXDOMAIN",
        "resolver.arpa.,             NOERROR",
        "_dns.resolver.arpa.,        NOERROR",
        "www.resolver.arpa.,         NOERROR",
        "10.in-addr.arpa.,           NOERROR",
        "1.2.3.10.in-addr.arpa.,     NXDOMAIN",
        "1.2.16.172.in-addr.arpa.,   NXDOMAIN",
        "1.2.31.172.in-addr.arpa.,   NXDOMAIN",
        "1.2.168.192.in-addr.arpa.,  NXDOMAIN",
        "1.2.64.100.in-addr.arpa.,   NXDOMAIN",
        "1.2.127.100.in-addr.arpa.,  NXDOMAIN",
        "1.0.0.127.in-addr.arpa.,    NXDOMAIN",
        "1.2.254.169.in-addr.arpa.,  NXDOMAIN",
        "255.255.255.255.in-addr.arpa., NOERROR",
        "1.0.d.f.ip6.arpa.,          NXDOMAIN",
        "1.a.e.f.ip6.arpa.,          NXDOMAIN",
    })
    void answersSpecialNamesHere(String asked, String rcode) {
        var answer = answer(asked, Type.PTR);

        assertThat(Rcode.string(answer.rcode())).isEqualTo(rcode);
        assertThat(answer.sections().answer()).isEmpty();
        assertThat(answer.sections().negativeTtl()).isPresent();
    }

    @Test
    @Tag("R-85")
    void answersTheReverseNameOfLoopbackHere() {
        assertThat(answer("1." + ZEROS + "ip6.arpa.", Type.PTR).rcode()).isEqualTo(Rcode.NOERROR);
    }

    @Test
    @Tag("R-85")
    void knowsTheAddressesOfLocalhost() {
        assertThat(text(answer("localhost.", Type.A).sections().answer()))
                .containsExactly("localhost. 3600 IN A 127.0.0.1");
        assertThat(text(answer("a.LOCALHOST.", Type.AAAA).sections().answer()))
                .containsExactly("a.LOCALHOST. 3600 IN AAAA 0:0:0:0:0:0:0:1");
        assertThat(answer("localhost.", Type.MX).sections().answer()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.org.",
                "www.example.",
                "mytest.",
                "www.arpa.",
                "8.8.8.8.in-addr.arpa.",
                "1.2.32.172.in-addr.arpa.",
                "1.2.15.172.in-addr.arpa.",
                "1.2.128.100.in-addr.arpa.",
                "1.2.169.192.in-addr.arpa.",
                "c.e.f.ip6.arpa.",
                "notlocalhost."
            })
    void leavesOtherNamesToTheUpstream(String asked) {
        assertThat(names.answer(name(asked), Type.PTR, VIEW)).isEmpty();
    }

    @Test
    void leavesTheProofThatAZoneIsNotSignedToTheUpstream() {
        assertThat(names.answer(name("home.arpa."), Type.DS, VIEW)).isEmpty();
    }

    @Test
    @Tag("R-76")
    void leavesAZoneToTheUpstreamIfTold() {
        var some = names(name("20.10.in-addr.arpa."));

        assertThat(some.answer(name("1.1.20.10.in-addr.arpa."), Type.PTR, VIEW)).isEmpty();
        assertThat(some.answer(name("1.1.21.10.in-addr.arpa."), Type.PTR, VIEW)).isPresent();
    }

    /** RFC 6761, sections 6.2 to 6.4; RFC 7686, section 2: also of types that belong to the zone above. */
    @ParameterizedTest
    @ValueSource(strings = {"test.", "invalid.", "onion.", "a.test.", "a.invalid.", "a.onion."})
    @Tag("R-85")
    void deniesTopLevelDomainsForTestsWithAllTheirTypes(String asked) {
        for (int type : new int[] {Type.A, Type.AAAA, Type.NS, Type.SOA, Type.DS, Type.ANY, Type.HTTPS}) {
            assertThat(answer(asked, type).rcode()).as(Type.string(type)).isEqualTo(Rcode.NXDOMAIN);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10.in-addr.arpa.,     1.2.3.10.in-addr.arpa.,   1.2.168.192.in-addr.arpa.",
        "3.10.in-addr.arpa.,   1.2.3.10.in-addr.arpa.,   1.2.4.10.in-addr.arpa.",
        "in-addr.arpa.,        1.2.3.10.in-addr.arpa.,   1.0.d.f.ip6.arpa.",
        "HOME.arpa.,           home.arpa.,               10.in-addr.arpa.",
        "corp.home.arpa.,      www.corp.home.arpa.,      www.home.arpa.",
        "test.,                www.test.,                www.invalid.",
        "localhost.,           www.localhost.,           www.test.",
        "onion.,               www.onion.,               www.test.",
        "arpa.,                www.home.arpa.,           www.onion.",
    })
    @Tag("R-117")
    void leavesForwardedZonesToTheirUpstreams(String zone, String forwarded, String local) {
        var some = new SpecialNames(
                new ReverseNames(VIEW.pref64s()),
                new ResolverArpa(List.of()),
                new LocalZones(List.of(), Set.of(name(zone))));

        assertThat(some.answer(name(forwarded), Type.PTR, VIEW)).isEmpty();
        assertThat(some.answer(name(forwarded), Type.SOA, VIEW)).isEmpty();
        assertThat(some.answer(name(local), Type.PTR, VIEW)).isPresent();
    }

    @Test
    void aForwardedRootIsNoMoreThanOtherUpstreams() {
        var some = new SpecialNames(
                        new ReverseNames(VIEW.pref64s()),
                        new ResolverArpa(List.of()),
                        new LocalZones(List.of(), Set.of(Name.root)))
                .without(Set.of(Name.root));

        assertThat(some.answer(name("home.arpa."), Type.A, VIEW)).isPresent();
        assertThat(some.answer(Ipv4OnlyArpa.NAME, Type.A, VIEW)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "ipv4only.arpa., ipv4only.arpa., true",
        "arpa., ipv4only.arpa., false",
        "resolver.arpa., _dns.resolver.arpa., true",
        "ip6.arpa., " + WELL_KNOWN + ", false",
        WELL_KNOWN + ", " + WELL_KNOWN + ", true",
    })
    @Tag("R-117")
    void leavesItsOwnNamesToOthersOnlyIfTheseAreForwardedThemselves(String zone, String asked, boolean forwarded) {
        var some = names().without(Set.of(name(zone)));

        assertThat(some.answer(name(asked), Type.SOA, VIEW).isEmpty()).isEqualTo(forwarded);
    }

    @Test
    void readsNoReverseNameOfAForwardedPref64() {
        var zone = name(WELL_KNOWN);
        var inside = name("1.0.2.0.0.0.c.0." + zone);

        assertThat(names().reverse(inside)).isInstanceOf(ReverseName.Embedded.class);
        assertThat(names().without(Set.of(zone)).reverse(inside)).isInstanceOf(ReverseName.Foreign.class);
    }

    /** A denial of the name would deny the PTR records below it, too (RFC 8020). */
    @ParameterizedTest
    @CsvSource({
        "'',                      DS,   ''",
        "'',                      SOA,  NOERROR",
        "'',                      NS,   NOERROR",
        "'0.0.c.0.',              TXT,  NOERROR",
        "'0.0.c.0.',              DS,   NOERROR",
        "'a.a.0.0.0.0.0.0.c.0.',  TXT,  NXDOMAIN",
    })
    @Tag("R-77")
    void deniesOtherTypesInsideAPref64Here(String labels, String type, String rcode) {
        var answer = names.answer(name(labels + WELL_KNOWN), Type.value(type), VIEW);

        assertThat(answer.map(local -> Rcode.string(local.rcode())).orElse("")).isEqualTo(rcode);
    }

    @Test
    @Tag("R-85")
    void tellsOfEncryptedTransportsIfThereAreAny() {
        var record = new SVCBRecord(
                ResolverArpa.DESIGNATED, DClass.IN, 60, 1, name("dns.example.org."), List.<SVCBBase.ParameterBase>of());
        var arpa = new ResolverArpa(List.of(record));

        assertThat(arpa.answer(ResolverArpa.DESIGNATED, Type.SVCB)
                        .orElseThrow()
                        .sections()
                        .answer())
                .containsExactly(record);
        assertThat(arpa.answer(ResolverArpa.DESIGNATED, Type.A)
                        .orElseThrow()
                        .sections()
                        .answer())
                .isEmpty();
    }

    @Test
    @Tag("R-83")
    void tellsNoPrefixToClientsForWhomNothingIsMade() {
        var off = new View(
                "off",
                false,
                VIEW.mapping(),
                VIEW.excluded(),
                VIEW.synthesizeOn(),
                VIEW.domains(),
                View.WithCheckingDisabled.NONE,
                VIEW.maxTtl());

        assertThat(names.answer(Ipv4OnlyArpa.NAME, Type.AAAA, off)
                        .orElseThrow()
                        .sections()
                        .answer())
                .isEmpty();
        assertThat(names.answer(Ipv4OnlyArpa.NAME, Type.A, off)
                        .orElseThrow()
                        .sections()
                        .answer())
                .hasSize(2);
    }

    @Test
    @Tag("R-84")
    void tellsPrefixesForAShortTimeWhereOthersMayStandInSoon() {
        var watched = VIEW.with(VIEW.mapping(), 60);

        assertThat(names.answer(Ipv4OnlyArpa.NAME, Type.AAAA, watched)
                        .orElseThrow()
                        .sections()
                        .lowestTtl())
                .hasValue(60);
    }

    private LocalAnswer answer(String asked, int type) {
        return names.answer(name(asked), type, VIEW).orElseThrow();
    }

    private static SpecialNames names(Name... notLocal) {
        return new SpecialNames(
                new ReverseNames(VIEW.pref64s()), new ResolverArpa(List.of()), new LocalZones(List.of(notLocal)));
    }
}
