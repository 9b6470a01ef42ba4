// SPDX-License-Identifier: Apache-2.0
package nat64.dns64;

import static nat64.dns64.ServerBed.A;
import static nat64.dns64.ServerBed.MADE;
import static nat64.dns64.ServerBed.answer;
import static nat64.dns64.ServerBed.query;
import static nat64.dns64.testing.FakeUpstream.noData;
import static nat64.dns64.testing.FakeUpstream.records;
import static nat64.dns64.testing.Records.SOA;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import nat64.dns64.testing.FakeUpstream;
import nat64.dns64.testing.LeakCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** A server on a wildcard address. Its clients take a response only from the address that they asked. */
@ExtendWith(LeakCheck.class)
class WildcardListenTest {

    private FakeUpstream first;
    private FakeUpstream second;

    @BeforeEach
    void start() throws IOException {
        first = new FakeUpstream();
        second = new FakeUpstream();
        first.on("www.example.org.", Type.AAAA, noData(SOA)).on("www.example.org.", Type.A, records(A));
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void answersFromTheAddressThatWasAsked(String wildcard) throws IOException {
        var anywhere = new InetSocketAddress(InetAddress.ofLiteral(wildcard), 0);
        try (var server = Dns64Server.start(ServerBed.settings("127.0.0.0/8", first, second, anywhere))) {
            int port = server.listening().getFirst().getPort();
            for (var asked : new String[] {"127.0.0.1", "127.0.0.7", "127.1.2.3"}) {
                var client = new SimpleResolver(new InetSocketAddress(InetAddress.ofLiteral(asked), port));
                client.setTimeout(Duration.ofSeconds(5));

                assertThat(answer(client.send(query("www.example.org.", Type.AAAA))))
                        .as("late or ready, from " + asked)
                        .containsExactly(MADE);
                assertThat(answer(client.send(query("www.example.org.", Type.AAAA))))
                        .as("ready, from " + asked)
                        .containsExactly(MADE);
            }
        }
    }
}
