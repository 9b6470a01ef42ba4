// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

class DnsQuestionTest {

    @ParameterizedTest
    @CsvSource({"0, true", "5, true", "2, false"}) // NOERROR, REFUSED, SERVFAIL
    void anAnswerPassesUnlessTheServerHasFailed(int rcode, boolean passes) throws Exception {
        try (var server = server()) {
            var answering = Thread.startVirtualThread(() -> answer(server, rcode));
            var address = (InetSocketAddress) server.getLocalSocketAddress();

            var found = new DnsQuestion(() -> List.of(address)).ask().get(DnsQuestion.NAME);

            assertThat(found instanceof Finding.Passed).as("%s", found).isEqualTo(passes);
            answering.join();
        }
    }

    @Test
    void silenceIsNamedWithItsAddress() throws Exception {
        try (var server = server()) {
            var address = (InetSocketAddress) server.getLocalSocketAddress();
            assertThat(new DnsQuestion(() -> List.of(address)).ask())
                    .containsEntry(
                            DnsQuestion.NAME, new Finding.Failed("the DNS64 does not answer on " + address, false));
        }
    }

    @Test
    void oneAddressThatAnswersIsEnough() throws Exception {
        try (var silent = server();
                var server = server()) {
            var answering = Thread.startVirtualThread(() -> answer(server, 0));
            var addresses = List.of((InetSocketAddress) silent.getLocalSocketAddress(), (InetSocketAddress)
                    server.getLocalSocketAddress());
            assertThat(new DnsQuestion(() -> addresses).ask().get(DnsQuestion.NAME))
                    .isInstanceOf(Finding.Passed.class);
            answering.join();
        }
    }

    @Test
    void itAsksForTheAddressesOfIpv4onlyArpa() throws Exception {
        var question = new Message(DnsQuestion.question((short) 0x1234));

        assertThat(question.getHeader().getID()).isEqualTo(0x1234);
        assertThat(question.getQuestion().getName()).isEqualTo(Name.fromString("ipv4only.arpa."));
        assertThat(question.getQuestion().getType()).isEqualTo(Type.AAAA);
    }

    private static DatagramSocket server() throws IOException {
        return new DatagramSocket(0, InetAddress.getLoopbackAddress());
    }

    private static void answer(DatagramSocket server, int rcode) {
        try {
            var packet = new DatagramPacket(new byte[512], 512);
            server.receive(packet);
            packet.getData()[2] |= (byte) 0x80;
            packet.getData()[3] = (byte) rcode;
            server.send(packet);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
