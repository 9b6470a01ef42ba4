// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import nat64.dns64.settings.CacheRules;
import nat64.dns64.settings.NxDomainCut;
import nat64.dns64.settings.UpstreamServer;
import nat64.gateway.config.ConfigFile;
import nat64.gateway.config.ConfigSummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;

class UpstreamsConfigTest {

    @Test
    void readsUpstreamsOverTcpAlone() {
        assertThat(upstreams("dns64: {upstreams: [\"tcp://192.0.2.1\", \"tcp://[2001:db8::1]:5353\"]}")
                        .servers()
                        .given())
                .containsExactly(
                        UpstreamServer.tcp(socket("192.0.2.1", 53)), UpstreamServer.tcp(socket("2001:db8::1", 5353)));
    }

    @Test
    void readsLinkLocalUpstreamsOfAnInterface() { // lo, which has the index 1 and no link-local address
        var server = upstreams("dns64: {upstreams: [\"fe80::1%lo\", \"tcp://[fe80::2%lo]:5353\"]}")
                .servers()
                .given();

        assertThat(server).hasToString("[[fe80::1%1]:53, tcp://[fe80::2%1]:5353]");
        assertThat(((Inet6Address) server.getFirst().address().getAddress()).getScopeId())
                .isPositive();
    }

    @Test
    void readsRulesOfTheCache() {
        assertThat(upstreams("").cacheRules()).isEqualTo(CacheRules.DEFAULT);
        assertThat(upstreams(
                                "dns64: {nxdomain-cut: off, forward: {corp.example: [192.0.2.1]}, uncached: [CORP.example]}")
                        .cacheRules())
                .isEqualTo(new CacheRules(NxDomainCut.OFF, Set.of(Name.fromConstantString("corp.example."))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "corp.example | forward corp.example. to 192.0.2.1:53",
                "10.in-addr.arpa | forward 10.in-addr.arpa. to 192.0.2.1:53, instead of answering 10.in-addr.arpa. locally",
                "1.10.in-addr.arpa | forward 1.10.in-addr.arpa. to 192.0.2.1:53, though it is in the local zone 10.in-addr.arpa.",
                "168.192.in-addr.arpa | forward 168.192.in-addr.arpa. to 192.0.2.1:53, instead of answering"
                        + " 168.192.in-addr.arpa. locally",
                ". | forward . to 192.0.2.1:53 instead of dns64.upstreams",
            })
    void theSummaryTellsWhatAForwardedZoneReplaces(String zone, String line) {
        assertThat(summary("dns64: {forward: {\"" + zone + "\": [192.0.2.1]}}")).contains(line);
    }

    @Test
    void theSummaryNamesSomeOfManyAndZonesInside() {
        assertThat(summary("dns64: {forward: {in-addr.arpa: [192.0.2.1], 8.in-addr.arpa: [192.0.2.2]}}"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("forward in-addr.arpa. to 192.0.2.1:53, instead of answering ")
                        .contains(" more locally")
                        .endsWith(", except for 8.in-addr.arpa."));
    }

    private static List<String> summary(String text) {
        return ConfigSummary.of(ConfigFile.parse("f", text).config());
    }

    private static UpstreamsConfig upstreams(String text) {
        return ConfigFile.parse("f", text).config().dns64().upstreams();
    }

    private static InetSocketAddress socket(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }
}
