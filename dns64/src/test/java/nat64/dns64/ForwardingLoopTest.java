// SPDX-License-Identifier: Apache-2.0
package nat64.dns64;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import nat64.dns64.settings.Policy;
import nat64.dns64.settings.QueryLogSettings;
import nat64.dns64.settings.ServingSettings;
import nat64.dns64.settings.UpstreamSettings;
import nat64.dns64.statistics.AnswerReason;
import nat64.dns64.testing.Eventually;
import nat64.dns64.testing.FakeUpstream;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Pref64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** An upstream that forwards all questions back to the server. */
class ForwardingLoopTest {

    private final CompletableFuture<InetSocketAddress> listening = new CompletableFuture<>();
    private FakeUpstream upstream;
    private Dns64Server server;

    @BeforeEach
    void start() throws IOException {
        upstream = new FakeUpstream().otherwise((query, _) -> forward(query).toWire());
        server = Dns64Server.start(new Dns64Settings(
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                List.of(),
                List.of(Ipv4Prefix.parse("127.0.0.0/8")),
                UpstreamSettings.of(List.of(upstream.server()), Duration.ofSeconds(1)),
                Policy.of(List.of(Pref64.WELL_KNOWN)),
                List.of(),
                1 << 20,
                1,
                QueryLogSettings.OFF,
                ServingSettings.PLAIN));
        listening.complete(server.listening().getFirst());
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
    }

    @Test
    @Tag("R-119")
    @Timeout(20)
    void asksNoServerThatForwardsBackToIt() throws Exception {
        Eventually.holds(
                () -> ServerBed.count(server.statistics().answers(), "SERVFAIL", AnswerReason.FORWARDING_LOOP) > 0);
        var response = resolver().send(ServerBed.query("www.example.org.", Type.TXT));

        assertThat(response.getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(upstream.asked()).isEmpty();
        assertThat(server.statistics().upstreams().values()).allMatch(statistics -> !statistics.reliable());
    }

    private Message forward(Message query) {
        try {
            return resolver().send(query);
        } catch (IOException e) {
            return FakeUpstream.response(query, Rcode.SERVFAIL, List.of(), List.of());
        }
    }

    private SimpleResolver resolver() {
        var resolver = new SimpleResolver(listening.join());
        resolver.setTimeout(Duration.ofSeconds(5));
        return resolver;
    }
}
