// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.client;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import nat64.gateway.doctor.Report;
import nat64.gateway.doctor.Result;
import nat64.gateway.doctor.Result.Failed;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.Result.Skipped;
import nat64.gateway.doctor.Result.Warning;
import nat64.gateway.doctor.network.Advertisements;
import nat64.gateway.doctor.network.Advertisements.Advertisement;
import nat64.gateway.doctor.network.ClientHost.AddressType;
import nat64.gateway.doctor.network.DnsReply;
import nat64.gateway.doctor.network.Links;
import nat64.gateway.doctor.network.Reply;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Pref64;
import org.junit.jupiter.api.Test;

class ClientChecksTest {

    private static final DnsReply SILENCE = new DnsReply.Silence("no answer within 6 s");
    private static final Reply MISSING = new Reply.Missing("no answer within 5 s");

    private final FakeClient host = new FakeClient();
    private String target = "192.52.193.2:80";
    private Optional<Pref64> pref64 = Optional.empty();

    @Test
    void allIsGreenWhereAllIsWell() {
        assertThat(examine())
                .containsEntry("IPv6", new Ok("2001:db8:1::2 on eth0, default route over eth0"))
                .containsEntry("resolver", new Ok("2001:db8:1::1 answers"))
                .containsEntry("Pref64", new Ok("64:ff9b::/96 (RFC 7050)"))
                .containsEntry("DNS64", new Ok("ipv4only.example.org -> 64:ff9b::c034:c102 (192.52.193.2)"))
                .containsEntry("NAT64", new Ok("packets come back through 64:ff9b::/96"))
                .containsEntry("ping", new Ok("64:ff9b::c034:c102 answers in 2.0 ms"))
                .containsEntry("TCP", new Ok("connected to [64:ff9b::c034:c102]:80 in 2.0 ms"))
                .containsEntry("UDP", new Ok("the DNS server 192.52.193.2 answers in 2.0 ms"))
                .containsEntry("large packets", new Ok("1500 bytes pass, as much as the link carries"));
        assertThat(red()).isEmpty();
    }

    @Test
    void aHostWithoutIpv6HasOneRedLine() {
        host.links = new Links(List.of(), List.of(), Optional.empty(), Optional.empty(), 1500);

        host.answers.clear();

        assertThat(red()).containsExactly("IPv6");
        assertThat(examine()).containsEntry("NAT64", new Skipped("this host has no global IPv6 address"));
        assertThat(remedy("IPv6")).contains("router advertisements");
    }

    @Test
    void aMissingDefaultRouteIsAWarning() {
        host.links = new Links(
                List.of(new Links.Address("2001:db8:1::2", "eth0")),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                1500);

        assertThat(examine().get("IPv6")).isInstanceOf(Warning.class);
    }

    @Test
    void aResolverThatIsSilentIsTheOnlyRedLine() {
        host.answers.clear();
        host.answer("64:ff9b::c034:c102", "ipv4only.arpa", AddressType.A, "192.0.0.170");

        assertThat(red()).containsExactly("resolver");
        assertThat(examine())
                .containsEntry(
                        "resolver",
                        new Failed("no resolver answers (2001:db8:1::1: no answer within 6 s)", remedy("resolver")))
                .containsEntry("Pref64", new Skipped("no resolver answers"))
                .containsEntry("NAT64", new Ok("packets come back through 64:ff9b::/96, which was assumed"));
        assertThat(remedy("resolver")).contains("nat64 doctor").contains("port 53");
    }

    @Test
    void aResolverWithoutDns64IsTheOnlyRedLine() {
        host.answer(FakeClient.RESOLVER, "ipv4only.arpa", AddressType.AAAA);

        assertThat(red()).containsExactly("Pref64");
        assertThat(found("Pref64"))
                .isEqualTo("2001:db8:1::1 is not a DNS64: it answers ipv4only.arpa with no AAAA record");
        assertThat(remedy("Pref64")).contains("let the gateway be the resolver");
    }

    @Test
    void addressesWithoutAWellKnownOneAreNamed() {
        host.answer(FakeClient.RESOLVER, "ipv4only.arpa", AddressType.AAAA, "2001:db8::bad");

        assertThat(found("Pref64")).contains("2001:db8::bad").contains("neither 192.0.0.170 nor 192.0.0.171");
    }

    @Test
    void aSecondResolverThatIsNoDns64IsAWarning() {
        host.resolvers = List.of(InetAddress.ofLiteral(FakeClient.RESOLVER), InetAddress.ofLiteral("2001:db8::53"));
        host.answer("2001:db8::53", "ipv4only.arpa", AddressType.AAAA);

        assertThat(red()).isEmpty();
        assertThat(examine().get("Pref64"))
                .isEqualTo(new Warning(
                        "64:ff9b::/96 (RFC 7050), but 2001:db8::53 makes no AAAA records",
                        "remove 2001:db8::53 from the resolvers of this host: names fail when it is asked"));
    }

    @Test
    void aSecondResolverThatIsSilentIsAWarning() {
        host.resolvers = List.of(InetAddress.ofLiteral("2001:db8::53"), InetAddress.ofLiteral(FakeClient.RESOLVER));

        assertThat(examine().get("resolver")).isInstanceOf(Warning.class);
        assertThat(red()).isEmpty();
    }

    @Test
    void aNameThatGetsNoAaaaRecordIsTheOnlyRedLine() {
        host.answer(FakeClient.RESOLVER, FakeClient.NAME, AddressType.AAAA);

        assertThat(red()).containsExactly("DNS64");
        assertThat(remedy("DNS64")).contains("nat64 explain ipv4only.example.org");
    }

    @Test
    void aNameWithIpv6OfItsOwnProvesNothing() {
        host.answer(FakeClient.RESOLVER, FakeClient.NAME, AddressType.AAAA, "2001:db8:2::80");

        assertThat(examine().get("DNS64")).isInstanceOf(Warning.class);
        assertThat(remedy("DNS64")).contains("--name");
    }

    @Test
    void anErrorOfTheDns64IsShown() {
        host.say(
                FakeClient.RESOLVER,
                FakeClient.NAME,
                AddressType.AAAA,
                new DnsReply.Rejection("SERVFAIL", FakeClient.QUICK));

        assertThat(found("DNS64")).isEqualTo("ipv4only.example.org is answered with SERVFAIL");
    }

    @Test
    void aNat64ThatDropsAllIsTheOnlyRedLine() {
        host.ping = _ -> new Reply.Missing("no answer within 1 s, three times");
        host.tcp = MISSING;
        host.say("64:ff9b::c034:c102", "ipv4only.arpa", AddressType.A, SILENCE);

        assertThat(red()).containsExactly("NAT64");
        assertThat(examine())
                .containsEntry("ping", new Skipped("nothing comes back through the NAT64"))
                .containsEntry("large packets", new Skipped("no answer to a small echo request"));
        assertThat(found("NAT64"))
                .isEqualTo("nothing comes back through 64:ff9b::/96 (ping: no answer within 1 s, three times, TCP: no"
                        + " answer within 5 s, UDP: no answer within 6 s)");
        assertThat(remedy("NAT64")).contains("nat64 doctor").contains("64:ff9b::/96");
    }

    @Test
    void udpThatIsDroppedIsTheOnlyRedLine() {
        host.say("64:ff9b::c034:c102", "ipv4only.arpa", AddressType.A, SILENCE);

        assertThat(red()).containsExactly("UDP");
        assertThat(remedy("UDP")).contains("let UDP pass").contains("--resolver");
    }

    @Test
    void aPrivateAddressInTheWellKnownPrefixIsTold() {
        target = "192.168.1.80:80";
        host.ping = _ -> MISSING;
        host.tcp = MISSING;
        host.answers.remove("64:ff9b:0:0:0:0:c034:c102 ipv4only.arpa A");

        assertThat(remedy("NAT64"))
                .isEqualTo(
                        "192.168.1.80 is not a public address, and 64:ff9b::/96 carries no other (RFC 6052): name one with"
                                + " --target");
    }

    @Test
    void tcpThatIsDroppedIsTheOnlyRedLine() {
        host.tcp = MISSING;

        assertThat(red()).containsExactly("TCP");
        assertThat(remedy("TCP")).contains("TCP port 80");
    }

    @Test
    void aTargetThatRefusesIsAWarning() {
        host.tcp = new Reply.Refused();

        assertThat(examine().get("TCP")).isInstanceOf(Warning.class);
    }

    @Test
    void echoRequestsThatAreDroppedAreTheOnlyRedLine() {
        host.ping = _ -> MISSING;

        assertThat(red()).containsExactly("ping");
        assertThat(remedy("ping")).contains("let ICMP pass");
    }

    @Test
    void withoutTheProgramPingNothingIsSaidOfIt() {
        host.ping = _ -> new Reply.Impossible("the command ping is missing: install the package iputils-ping");

        assertThat(red()).isEmpty();
        assertThat(examine().get("ping"))
                .isEqualTo(new Skipped("the command ping is missing: install the package iputils-ping"));
    }

    @Test
    void aRouterThatTellsItsMtuIsFollowed() {
        host.ping = bytes -> bytes > 1400 ? new Reply.TooBig(1400) : new Reply.Came(FakeClient.QUICK);

        assertThat(examine().get("large packets"))
                .isEqualTo(new Ok("1400 bytes pass, and routers tell when it is more"));
    }

    @Test
    void largePacketsThatVanishAreTheOnlyRedLineAndTheLargestIsFound() {
        host.ping = bytes -> bytes > 1387 ? MISSING : new Reply.Came(FakeClient.QUICK);

        assertThat(red()).containsExactly("large packets");
        assertThat(found("large packets")).isEqualTo("packets of more than 1387 bytes are lost, and no router says so");
        assertThat(remedy("large packets")).contains("'packet too big'").contains("translator.mss-clamp: 1327");
    }

    @Test
    void aPathThatDoesNotEvenCarry1280BytesIsTold() {
        host.ping = bytes -> bytes > 1000 ? MISSING : new Reply.Came(FakeClient.QUICK);

        assertThat(found("large packets")).contains("packets of 1280 bytes are lost");
    }

    @Test
    void advertisedPref64sAreComparedWithThoseOfDns() {
        host.advertisements = heard("fe80::1", Pref64.WELL_KNOWN);
        assertThat(examine().get("PREF64")).isEqualTo(new Ok("64:ff9b::/96, by the router advertisement of fe80::1"));

        host.advertisements = heard("fe80::1", Pref64.parse("2001:db8:64::/96"));
        assertThat(found("PREF64")).isEqualTo("router advertisements say 2001:db8:64::/96, DNS says 64:ff9b::/96");

        host.advertisements = heard("fe80::1");
        assertThat(found("PREF64")).startsWith("the router advertisement of fe80::1 has no option PREF64");
    }

    @Test
    void aClatIsTriedWhereThereIsOne() {
        host.links = new Links(
                List.of(new Links.Address("2001:db8:1::2", "eth0")),
                List.of(new Links.Address("192.0.0.1", "clat")),
                Optional.of("eth0"),
                Optional.of("clat"),
                1500);
        assertThat(red()).containsExactly("IPv4 literal");
        assertThat(remedy("IPv4 literal")).contains("CLAT");

        host.ipv4 = new Reply.Came(Duration.ofMillis(3));
        assertThat(examine().get("IPv4 literal"))
                .isEqualTo(new Ok("connected to 192.52.193.2:80 by the CLAT, 192.0.0.1 on clat in 3.0 ms"));
    }

    @Test
    void aGivenPref64IsUsedWithoutDiscovery() {
        host.answers.clear();
        host.answer("2001:db8:64::c034:c102", "ipv4only.arpa", AddressType.A, "192.0.0.170");
        pref64 = Optional.of(Pref64.parse("2001:db8:64::/96"));

        assertThat(examine().get("NAT64")).isEqualTo(new Ok("packets come back through 2001:db8:64::/96"));
    }

    private static Advertisements heard(String router, Pref64... pref64s) {
        return new Advertisements.Heard(List.of(new Advertisement(router, List.of(pref64s))));
    }

    private Map<String, Result> examine() {
        var options =
                new ClientOptions(FakeClient.NAME, Target.parse(target), Ipv4Address.parse("192.52.193.2"), pref64);
        return Report.of(ClientChecks.of(host, options), _ -> {}).entries().stream()
                .collect(Collectors.toMap(Report.Entry::name, Report.Entry::result));
    }

    private String found(String check) {
        return requireNonNull(examine().get(check)).found();
    }

    private List<String> red() {
        return examine().entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Failed)
                .map(Map.Entry::getKey)
                .toList();
    }

    private String remedy(String check) {
        return switch (examine().get(check)) {
            case Failed(var _, var remedy) -> remedy;
            case Warning(var _, var remedy) -> remedy;
            case null, default -> "";
        };
    }
}
