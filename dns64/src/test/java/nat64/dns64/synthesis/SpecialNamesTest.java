// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import static nat64.dns64.testing.Records.name;
import static nat64.dns64.testing.Records.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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

    private static final View VIEW = View.of(List.of(Pref64.parse("2001:db8:64::/96")));
    private static final String ZEROS = "0.".repeat(31);

    private final SpecialNames names = names();

    @ParameterizedTest
    @Tag("R-85")
    @CsvSource({
        "www.home.arpa.,             NXDOMAIN",
        "home.arpa.,                 NOERROR",
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
                false,
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
