// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import static nat64.dns64.testing.Records.SOA;
import static nat64.dns64.testing.Records.data;
import static nat64.dns64.testing.Records.name;
import static nat64.dns64.testing.Records.noData;
import static nat64.dns64.testing.Records.nxDomain;
import static nat64.dns64.testing.Records.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Sections;
import nat64.dns64.synthesis.Plan.Absence;
import nat64.dns64.synthesis.Plan.Basis;
import nat64.dns64.synthesis.View.Cause;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** What the switches of a view change in RFC 6147, section 5.1. Without them, see {@link SynthesizerTest}. */
class ViewDecisionsTest {

    private static final Name WWW = name("www.example.org.");
    private static final List<Pref64> PREF64S = List.of(Pref64.parse("2001:db8:64::/96"));
    private static final String A = "www.example.org. 120 IN A 192.0.2.33";
    private static final String MADE = "www.example.org. 120 IN AAAA 2001:db8:64:0:0:0:c000:221";
    private static final String REAL = "www.example.org. 120 IN AAAA 2001:db8:1:0:0:0:0:1";
    private static final String MAPPED = "www.example.org. 120 IN AAAA ::ffff:192.0.2.1";
    private static final Outcome NO_AAAA = noData(SOA);
    private static final Outcome SERVFAIL = new Outcome.Failure(Rcode.SERVFAIL);
    private static final Outcome TIMEOUT = new Outcome.Timeout();

    @Tag("R-15")
    @Tag("R-16")
    @ParameterizedTest(name = "{0} alone, AAAA {1}: synthesized {2}")
    @MethodSource("causes")
    void synthesizesAfterThoseOutcomesOnlyThatTheViewNames(Cause only, Outcome aaaa, boolean synthesized) {
        var plan = Synthesizer.decide(WWW, on(Set.of(only)), aaaa, data(A));

        assertThat(plan instanceof Plan.Synthesized).isEqualTo(synthesized);
        assertThat(Synthesizer.decide(WWW, on(Set.of(only)), aaaa)).matches(first -> first.isEmpty() == synthesized);
    }

    static Stream<Arguments> causes() {
        return Stream.of(
                arguments(Cause.NODATA, NO_AAAA, true),
                arguments(Cause.NODATA, data(MAPPED), true),
                arguments(Cause.NODATA, SERVFAIL, false),
                arguments(Cause.NODATA, TIMEOUT, false),
                arguments(Cause.ERROR, NO_AAAA, false),
                arguments(Cause.ERROR, data(MAPPED), false),
                arguments(Cause.ERROR, SERVFAIL, true),
                arguments(Cause.ERROR, TIMEOUT, false),
                arguments(Cause.TIMEOUT, NO_AAAA, false),
                arguments(Cause.TIMEOUT, SERVFAIL, false),
                arguments(Cause.TIMEOUT, TIMEOUT, true));
    }

    @Test
    void tellsTheErrorItselfWhereItIsNoReasonToSynthesize() {
        assertThat(Synthesizer.decide(WWW, on(Set.of(Cause.NODATA)), SERVFAIL, data(A)))
                .isEqualTo(new Plan.Failed((Outcome.Unanswered) SERVFAIL));
    }

    @Test
    @Tag("R-31")
    void neverShowsExcludedRecordsThoughNothingIsMade() {
        assertThat(Synthesizer.decide(WWW, on(Set.of(Cause.TIMEOUT)), data(MAPPED), data(A)))
                .isEqualTo(new Plan.NoData(Sections.EMPTY, Absence.SYNTHESIS_OFF));
    }

    @ParameterizedTest(name = "{0}: AAAA {1}, A {2}")
    @Tag("R-12")
    @Tag("R-20")
    @MethodSource("modes")
    void followsTheModeOfTheDomain(DomainMode mode, Outcome aaaa, Outcome a, Plan expected) {
        var view = in(Map.of(name("example.org."), mode));

        assertThat(Synthesizer.decide(WWW, view, aaaa, a)).isEqualTo(expected);
        assertThat(Synthesizer.decide(name("www.example.com."), view, NO_AAAA, data(A)))
                .isInstanceOf(Plan.Synthesized.class);
    }

    static Stream<Arguments> modes() {
        var forced = new Plan.Synthesized(data(MADE).sections(), Basis.FORCED);
        var real = new Plan.Native(data(REAL).sections());
        var filtered = new Plan.NoData(LocalAnswer.denial(name("example.org."), 300), Absence.FILTERED);
        return Stream.of(
                arguments(DomainMode.FORCE, data(REAL), data(A), forced),
                arguments(DomainMode.FORCE, SERVFAIL, data(A), forced),
                arguments(DomainMode.FORCE, NO_AAAA, data(A), forced),
                arguments(DomainMode.FORCE, data(REAL), noData(SOA), real),
                arguments(DomainMode.FORCE, data(REAL), SERVFAIL, real),
                arguments(DomainMode.FORCE, data(REAL), data("www.example.org. 120 IN A 127.0.0.1"), real),
                arguments(
                        DomainMode.FORCE,
                        data(MAPPED),
                        noData(SOA),
                        new Plan.NoData(noData(SOA).sections())),
                arguments(DomainMode.FORCE, NO_AAAA, SERVFAIL, new Plan.Failed((Outcome.Unanswered) SERVFAIL)),
                arguments(
                        DomainMode.FORCE,
                        data(REAL),
                        nxDomain(SOA),
                        new Plan.NxDomain(nxDomain(SOA).sections())),
                arguments(DomainMode.NEVER, data(REAL), data(A), real),
                arguments(DomainMode.NEVER, data(REAL, MAPPED), data(A), real),
                arguments(
                        DomainMode.NEVER,
                        NO_AAAA,
                        data(A),
                        new Plan.NoData(noData(SOA).sections(), Absence.EXCLUDED_DOMAIN)),
                arguments(
                        DomainMode.NEVER,
                        data(MAPPED),
                        data(A),
                        new Plan.NoData(Sections.EMPTY, Absence.EXCLUDED_DOMAIN)),
                arguments(DomainMode.NEVER, TIMEOUT, data(A), new Plan.Failed((Outcome.Unanswered) TIMEOUT)),
                arguments(DomainMode.FILTER, data(REAL), data(A), filtered),
                arguments(DomainMode.FILTER, nxDomain(SOA), data(A), filtered));
    }

    @Test
    void asksForNothingInAFilteredDomain() {
        var view = in(Map.of(name("example.org."), DomainMode.FILTER));

        assertThat(Synthesizer.decide(WWW, view)).isPresent();
        assertThat(Synthesizer.decide(name("www.example.com."), view)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void takesTheLongestDomainThatANameIsIn(DomainMode mode) {
        var modes = DomainModes.of(Map.of(
                Name.root, DomainMode.FORCE, name("example.org."), DomainMode.FILTER, name("WWW.Example.Org."), mode));

        assertThat(modes.of(name("a.b.www.example.org."))).isEqualTo(new DomainModes.Match(WWW, mode));
        assertThat(modes.of(name("xwww.example.org.")).mode()).isEqualTo(DomainMode.FILTER);
        assertThat(modes.of(name("example.com.")).mode()).isEqualTo(DomainMode.FORCE);
    }

    @Test
    @Tag("R-20")
    void neverSynthesizesNamesOfAClusterByDefault() {
        var plan = Synthesizer.decide(
                name("db.prod.svc.cluster.local."), View.of(PREF64S), NO_AAAA, data("db. 5 IN A 10.0.0.1"));

        assertThat(plan).isEqualTo(new Plan.NoData(noData(SOA).sections(), Absence.EXCLUDED_DOMAIN));
    }

    @Test
    void takesAnotherModeForNamesOfAClusterIfTold() {
        var view = in(Map.of(name("cluster.local."), DomainMode.SYNTHESIZE));

        assertThat(view.mode(name("db.cluster.local."))).isEqualTo(DomainMode.SYNTHESIZE);
    }

    @Test
    void makesNothingInAViewWithoutSynthesis() {
        var base = View.of(PREF64S);
        var view = new View(
                "dual-stack",
                false,
                base.mapping(),
                base.excluded(),
                base.synthesizeOn(),
                base.domains(),
                View.WithCheckingDisabled.NONE,
                9);

        assertThat(Synthesizer.decide(WWW, view, NO_AAAA, data(A)))
                .isEqualTo(new Plan.NoData(noData(SOA).sections(), Absence.SYNTHESIS_OFF));
        assertThat(Synthesizer.decide(WWW, view, data(REAL), data(A)))
                .isEqualTo(new Plan.Native(data(REAL).sections()));
    }

    @Test
    @Tag("R-32")
    void excludesWhatTheViewExcludes() {
        var base = View.of(PREF64S);
        var excluded = new ExclusionSet(List.of(Ipv6Prefix.parse("2001:db8:1::/48")));
        var view = new View(
                "site",
                true,
                base.mapping(),
                excluded,
                base.synthesizeOn(),
                base.domains(),
                View.WithCheckingDisabled.NONE,
                base.maxTtl());

        assertThat(Synthesizer.decide(WWW, view, data(REAL), data(A))).isInstanceOf(Plan.Synthesized.class);
        assertThat(Synthesizer.decide(WWW, base, data(REAL), data(A))).isInstanceOf(Plan.Native.class);
    }

    @ParameterizedTest
    @CsvSource({
        "NONE,       true,  true,  false",
        "NONE,       false, true,  false",
        "WITHOUT_DO, true,  true,  false",
        "WITHOUT_DO, false, true,  true",
        "ALL,        true,  true,  true",
        "ALL,        false, true,  true",
        "NONE,       true,  false, true",
    })
    void servesClientsThatCheckSignaturesOnlyIfTold(
            View.WithCheckingDisabled which, boolean dnssecOk, boolean checkingDisabled, boolean served) {
        var base = View.of(PREF64S);
        var view = new View(
                "site",
                true,
                base.mapping(),
                base.excluded(),
                base.synthesizeOn(),
                base.domains(),
                which,
                base.maxTtl());

        assertThat(view.serves(dnssecOk, checkingDisabled)).isEqualTo(served);
    }

    @Test
    @Tag("R-18")
    void asksForNoAWhereTheDenialMeansThatTheNameDoesNotExist() {
        var denial = new Outcome.NoData(new Sections(
                List.of(),
                List.of(new NSECRecord(WWW, DClass.IN, 300, WWW, new int[] {Type.RRSIG, Type.NSEC, Type.NXNAME})),
                List.of()));

        assertThat(Synthesizer.decide(WWW, View.of(PREF64S), denial)).contains(new Plan.NoData(denial.sections()));
    }

    @Test
    @Tag("R-33")
    @Tag("R-34")
    void mapsEachRangeIntoItsOwnPrefix() {
        var site = Optional.of(Pref64.parse("2001:db8:a::/96"));
        var part = Optional.of(Pref64.parse("2001:db8:b::/96"));
        var mapping = new AddressMapping(
                PREF64S,
                List.of(
                        new AddressMapping.Range(Ipv4Prefix.parse("10.0.0.0/8"), site),
                        new AddressMapping.Range(Ipv4Prefix.parse("10.1.0.0/16"), part),
                        new AddressMapping.Range(Ipv4Prefix.parse("10.1.1.0/24"), Optional.empty())),
                false);
        var view = View.of(PREF64S).with(mapping, 30);

        var plan = Synthesizer.decide(
                WWW,
                view,
                NO_AAAA,
                data(
                        "www.example.org. 60 IN A 10.2.3.4",
                        "www.example.org. 60 IN A 10.1.2.3",
                        "www.example.org. 60 IN A 10.1.1.1",
                        "www.example.org. 60 IN A 8.8.8.8"));

        assertThat(plan)
                .isInstanceOfSatisfying(
                        Plan.Synthesized.class,
                        made -> assertThat(text(made.sections().answer()))
                                .containsExactly(
                                        "www.example.org. 30 IN AAAA 2001:db8:a:0:0:0:a02:304",
                                        "www.example.org. 30 IN AAAA 2001:db8:b:0:0:0:a01:203",
                                        "www.example.org. 30 IN AAAA 2001:db8:64:0:0:0:808:808"));
        assertThat(Synthesizer.decide(WWW, view, NO_AAAA, data("www.example.org. 60 IN A 10.1.1.1")))
                .isEqualTo(new Plan.NoData(noData(SOA).sections(), Absence.NOT_MAPPED));
    }

    private static View on(Set<Cause> causes) {
        var base = View.of(PREF64S);
        return new View(
                base.name(),
                true,
                base.mapping(),
                base.excluded(),
                causes,
                base.domains(),
                View.WithCheckingDisabled.NONE,
                base.maxTtl());
    }

    private static View in(Map<Name, DomainMode> modes) {
        var base = View.of(PREF64S);
        return new View(
                base.name(),
                true,
                base.mapping(),
                base.excluded(),
                base.synthesizeOn(),
                DomainModes.of(modes),
                View.WithCheckingDisabled.NONE,
                base.maxTtl());
    }
}
