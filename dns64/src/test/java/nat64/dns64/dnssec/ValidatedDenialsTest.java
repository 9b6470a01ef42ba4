// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.dnssec;

import static nat64.dns64.testing.Records.name;
import static nat64.dns64.testing.Records.records;
import static nat64.dns64.testing.SignedZones.NOW;
import static nat64.dns64.testing.SignedZones.data;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Sections;
import nat64.dns64.message.Upstream;
import nat64.dns64.settings.DnssecMode;
import nat64.dns64.settings.DnssecSettings;
import nat64.dns64.testing.SignedZones;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Denials that are hard to judge, and forgeries that lean on zones without signatures. */
class ValidatedDenialsTest {

    private static final String WWW = "www.example.org.";
    private static final String SOA = " 900 IN SOA ns.example.org. hostmaster.example.org. 1 7200 900 86400 300";

    private final SignedZones zones = new SignedZones();

    @Test
    void provesThatANameDoesNotExist() {
        var denial = zones.denial(
                "example.org.",
                "example.org. 300 IN NSEC a.example.org. NS SOA RRSIG NSEC DNSKEY",
                "v.example.org. 300 IN NSEC x.example.org. A RRSIG NSEC");
        zones.put(WWW, Type.AAAA, new Outcome.NxDomain(denial.sections()));

        assertThat(ask(WWW, Type.AAAA))
                .isEqualTo(new Outcome.NxDomain(denial.sections().withSecure(true)));
    }

    @Test
    void findsItBogusThatANameDoesNotExistIfAWildcardMay() {
        var denial = zones.denial("example.org.", "v.example.org. 300 IN NSEC x.example.org. A RRSIG NSEC");
        zones.put(WWW, Type.AAAA, new Outcome.NxDomain(denial.sections()));

        assertThat(ask(WWW, Type.AAAA)).isInstanceOf(Outcome.Bogus.class);
    }

    @Test
    void provesThatAZoneIsNotSigned() {
        zones.delegateUnsigned("plain.example.org.");

        assertThat(isSecure(ask("plain.example.org.", Type.DS))).isTrue();
    }

    /** RFC 5155, section 6: there may be an unsigned zone below the name. */
    @Test
    @Tag("R-125")
    void isInsecureWhereOptOutLeavesItOpen() {
        var denial = zones.denial("example.org.", optOut("example.org."));
        zones.put("ent.example.org.", Type.AAAA, denial);
        zones.put("ent.example.org.", Type.DS, denial);

        assertThat(ask("ent.example.org.", Type.AAAA)).isEqualTo(denial);
    }

    @Test
    void isBogusWhereOptOutLeavesItOpenButTheNameIsNoZone() {
        zones.put("ent.example.org.", Type.AAAA, zones.denial("example.org.", optOut("example.org.")));

        assertThat(ask("ent.example.org.", Type.AAAA)).isInstanceOf(Outcome.Bogus.class);
    }

    @Test
    void provesADenialBehindAnAliasOfAWildcard() {
        var aliases = zones.signed("example.org.", "*.example.org. 300 IN CNAME end.example.org.");
        var answer = aliases.stream().map(record -> record.withName(name(WWW))).toList();
        var authority =
                new ArrayList<>(zones.signed("example.org.", "v.example.org. 300 IN NSEC x.example.org. A RRSIG NSEC"));
        authority.addAll(zones.noData("example.org.", "end.example.org.", "A RRSIG NSEC")
                .sections()
                .authority());
        zones.put(WWW, Type.AAAA, new Outcome.NoData(new Sections(answer, authority, List.of())));

        assertThat(isSecure(ask(WWW, Type.AAAA))).isTrue();
    }

    @Test
    void provesRecordsBehindADname() {
        var answer = new ArrayList<>(zones.signed("example.org.", "old.example.org. 300 IN DNAME new.example.org."));
        answer.addAll(records("www.old.example.org. 300 IN CNAME www.new.example.org."));
        answer.addAll(zones.signed("example.org.", "www.new.example.org. 300 IN A 192.0.2.1"));
        zones.put("www.old.example.org.", Type.A, data(answer));

        assertThat(isSecure(ask("www.old.example.org.", Type.A))).isTrue();
    }

    /** Else whoever has an unsigned zone could forge answers of all others. */
    @Test
    void takesNoSignatureOfAZoneThatTheNameIsNotIn() {
        zones.sign("other.org.");
        zones.delegateUnsigned("plain.example.org.");
        var forged = new ArrayList<>(records(WWW + " 300 IN A 192.0.2.66"));
        forged.add(signature(zones.signed("other.org.", "www.other.org. 300 IN A 192.0.2.1"), "plain.example.org."));
        zones.put(WWW, Type.A, data(forged));

        assertThat(ask(WWW, Type.A)).isInstanceOf(Outcome.Bogus.class);
    }

    /** With an anchor of example.org alone, org is a zone that needs no signatures. */
    @Test
    void takesNoDenialFromAboveTheAnchor() {
        zones.put(WWW, Type.AAAA, new Outcome.NoData(new Sections(List.of(), records("org." + SOA), List.of())));

        assertThat(ask(upstream("example.org."), WWW, Type.AAAA)).isInstanceOf(Outcome.Bogus.class);
    }

    @Test
    void takesNoSignatureFromAboveTheAnchor() {
        zones.put(WWW, Type.A, data(zones.signed("org.", WWW + " 300 IN A 192.0.2.66")));

        assertThat(ask(upstream("example.org."), WWW, Type.A)).isInstanceOf(Outcome.Bogus.class);
    }

    @Test
    void showsNoRecordsThatNoSignatureProves() {
        var signed = zones.signed("example.org.", WWW + " 300 IN A 192.0.2.1");
        zones.put(
                WWW,
                Type.A,
                new Outcome.Data(new Sections(signed, records("example.org. 300 IN NS ns.example.org."), List.of())));

        assertThat(ask(WWW, Type.A))
                .isEqualTo(new Outcome.Data(new Sections(signed, List.of(), List.of()).withSecure(true)));
    }

    private static Record signature(List<Record> signed, String signer) {
        var signature = (RRSIGRecord) signed.getLast();
        return new RRSIGRecord(
                name(WWW),
                DClass.IN,
                300,
                signature.getTypeCovered(),
                signature.getAlgorithm(),
                signature.getOrigTTL(),
                signature.getExpire(),
                signature.getTimeSigned(),
                signature.getFootprint(),
                name(signer),
                signature.getSignature());
    }

    /** One hash that stands for all others. */
    private String optOut(String apex) {
        var own = SignedZones.hash(apex, 0);
        return "%s.%s 300 IN NSEC3 1 1 0 - %s NS SOA RRSIG DNSKEY NSEC3PARAM".formatted(own, apex, own);
    }

    private static boolean isSecure(Outcome outcome) {
        return outcome instanceof Outcome.Answered answered
                && answered.sections().secure();
    }

    private Upstream upstream(String anchor) {
        Record ds = zones.ds(anchor);
        return new ValidatingUpstream(
                zones,
                _ -> {},
                new TrustAnchors(new DnssecSettings(DnssecMode.LOCAL, List.of(ds), List.of())),
                new SecurityCounters(),
                new CheckRuntime(Clock.fixed(NOW, ZoneOffset.UTC), () -> 0, Runnable::run));
    }

    private Outcome ask(String name, int type) {
        return ask(upstream("."), name, type);
    }

    private static Outcome ask(Upstream upstream, String name, int type) {
        return upstream.ask(
                        new Question(name(name), type, DClass.IN, true, false),
                        Duration.ofSeconds(60).toNanos())
                .toCompletableFuture()
                .join();
    }
}
