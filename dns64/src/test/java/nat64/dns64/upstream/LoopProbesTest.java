// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import static nat64.dns64.testing.Records.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Sections;
import nat64.dns64.settings.UpstreamServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;

class LoopProbesTest {

    private static final Outcome DENIAL = new Outcome.NxDomain(Sections.EMPTY);

    private final UpstreamBed bed = new UpstreamBed();
    private final RemoteServer server = bed.server(UpstreamServer.plain(new InetSocketAddress("192.0.2.53", 53)));
    private final Name corp = name("corp.example.org.");
    private final LoopProbes probes = new LoopProbes(Map.of(server, List.of(Name.root, corp)));

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    @Tag("R-119")
    void knowsItsOwnQuestionAndNoOther() {
        var sent = probes.next(server);

        assertThat(probes.returned(name("www.example.org."))).isFalse();
        assertThat(server.loops()).isFalse();
        assertThat(probes.returned(sent.getFirst().question().name())).isTrue();
        assertThat(server.loops()).isTrue();
        assertThat(server.isReliable()).isFalse();
    }

    @Test
    @Tag("R-119")
    void asksInEachZoneForANewNameEachTime() {
        var first = probes.next(server);
        var second = probes.next(server);

        assertThat(first).hasSize(2);
        assertThat(first.getLast().question().name().subdomain(corp)).isTrue();
        assertThat(second.getFirst().question()).isNotEqualTo(first.getFirst().question());
        assertThat(probes.returned(first.getFirst().question().name())).isFalse();
    }

    @Test
    @Tag("R-119")
    void trustsTheServerAgainWhenAQuestionIsAnsweredAndDidNotComeBack() {
        var sent = probes.next(server).getLast();
        probes.returned(sent.question().name());
        probes.ended(sent, DENIAL);
        assertThat(server.loops()).isTrue();

        probes.ended(probes.next(server).getLast(), new Outcome.Timeout());
        assertThat(server.loops()).isTrue();
        probes.ended(probes.next(server).getLast(), DENIAL);
        assertThat(server.loops()).isFalse();
    }
}
