// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import nat64.translator.address.Ipv6Address;
import org.junit.jupiter.api.Test;

/** What ping of iputils 20221126 printed. */
class PingProgramTest {

    private static final Ipv6Address SERVER = Ipv6Address.parse("64:ff9b::c034:c102");

    @Test
    void theSizeIsThatOfTheWholePacket() {
        assertThat(PingProgram.command(SERVER, 1500))
                .containsExactly(
                        "ping", "-6", "-n", "-c", "1", "-W", "1", "-M", "do", "-s", "1452", "64:ff9b::c034:c102");
    }

    @Test
    void anAnswerHasARoundTrip() {
        assertThat(PingProgram.read(0, """
                PING 64:ff9b::c034:c102(64:ff9b::c034:c102) 56 data bytes
                64 bytes from 64:ff9b::c034:c102: icmp_seq=1 ttl=62 time=0.845 ms
                """)).isEqualTo(new Reply.Came(Duration.ofNanos(845_000)));
    }

    @Test
    void aRouterTellsItsMtu() {
        assertThat(PingProgram.read(1, "From 2001:db8:1::6 icmp_seq=1 Packet too big: mtu=1400\n"))
                .isEqualTo(new Reply.TooBig(1400));
    }

    @Test
    void theHostItselfTellsItsMtu() {
        assertThat(PingProgram.read(1, "ping: local error: message too long, mtu: 1300\n"))
                .isEqualTo(new Reply.TooBig(1300));
    }

    @Test
    void anErrorOfARouterIsTold() {
        assertThat(PingProgram.read(
                        1, "From 2001:db8:1::1 icmp_seq=1 Destination unreachable: Administratively prohibited\n"))
                .isEqualTo(
                        new Reply.Missing("2001:db8:1::1 says: Destination unreachable: Administratively prohibited"));
    }

    @Test
    void aMissingRouteIsTold() {
        assertThat(PingProgram.read(2, "ping: connect: Network is unreachable\n"))
                .isEqualTo(new Reply.Missing("no route leads there"));
    }

    @Test
    void silenceIsTold() {
        assertThat(PingProgram.read(1, "1 packets transmitted, 0 received, 100% packet loss, time 0ms\n"))
                .isEqualTo(new Reply.Missing("no answer within 1 s, three times"));
    }

    @Test
    void aPingThatMayNotSendProvesNothing() {
        assertThat(PingProgram.read(2, "ping: socktype: SOCK_RAW\nping: socket: Operation not permitted\n"))
                .isInstanceOf(Reply.Impossible.class);
    }
}
