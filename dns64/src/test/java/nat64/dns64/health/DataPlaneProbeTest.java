// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import nat64.dns64.health.DataPlaneProbe.Kind;
import nat64.dns64.testing.FakeUpstream;
import nat64.translator.address.Pref64;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class DataPlaneProbeTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void isContentWithAConnection() throws IOException {
        try (var server = new ServerSocket(0, 1, LOOPBACK)) {
            var address = new InetSocketAddress(LOOPBACK, server.getLocalPort());

            assertThat(DataPlaneProbe.answers(Kind.TCP, address, SECOND)).isTrue();
        }
    }

    @Test
    void isContentWithAnyDnsAnswer() throws IOException {
        try (var server = new FakeUpstream()) {
            server.otherwise(FakeUpstream.rcode(Rcode.REFUSED));

            assertThat(DataPlaneProbe.answers(Kind.DNS, server.address(), SECOND))
                    .isTrue();
        }
    }

    @Test
    void believesNoAnswerToAnotherQuestion() throws IOException {
        try (var server = new FakeUpstream()) {
            server.otherwise(FakeUpstream.forged(FakeUpstream.rcode(Rcode.NOERROR)));

            assertThat(DataPlaneProbe.answers(Kind.DNS, server.address(), SECOND))
                    .isFalse();
        }
    }

    @Test
    void waitsNoLongerThanTold() throws IOException {
        try (var server = new FakeUpstream()) {
            server.on(Name.root.toString(), Type.NS, FakeUpstream.silence());

            assertThatThrownBy(() -> DataPlaneProbe.answers(Kind.DNS, server.address(), Duration.ofMillis(50)))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void failsWhereNoTargetAnswers() {
        var nobody = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9);
        var probe =
                new DataPlaneProbe(Pref64.parse("2001:db8:64::/96"), List.of(nobody), Kind.TCP, Duration.ofMillis(50));

        assertThat(probe.works()).isFalse();
    }

    @Test
    void goesToIpv4HostsOnly() {
        var ipv6 = new InetSocketAddress(InetAddress.ofLiteral("2001:db8::1"), 53);

        assertThatThrownBy(() -> new DataPlaneProbe(Pref64.WELL_KNOWN, List.of(ipv6), Kind.TCP, SECOND))
                .hasMessageContaining("IPv4");
    }
}
