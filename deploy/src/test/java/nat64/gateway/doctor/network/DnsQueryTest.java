// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import nat64.gateway.doctor.network.ClientHost.AddressType;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

class DnsQueryTest {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final Name NAME = Name.fromConstantString("www.example.org.");
    private static final Name ALIAS = Name.fromConstantString("alias.example.org.");

    @Test
    void answersTheAddressesBehindAnAlias() throws Exception {
        try (var socket = new DatagramSocket(0, LOOPBACK)) {
            var server = Thread.ofPlatform().daemon().start(() -> answer(socket, Rcode.NOERROR));

            var reply = DnsQuery.ask(
                    new InetSocketAddress(LOOPBACK, socket.getLocalPort()), "alias.example.org", AddressType.AAAA);

            server.join();
            assertThat(reply)
                    .isInstanceOfSatisfying(
                            DnsReply.Addresses.class,
                            addresses -> assertThat(addresses.addresses())
                                    .containsExactly(InetAddress.ofLiteral("64:ff9b::c000:221")));
        }
    }

    @Test
    void answersAnotherRcode() throws Exception {
        try (var socket = new DatagramSocket(0, LOOPBACK)) {
            var server = Thread.ofPlatform().daemon().start(() -> answer(socket, Rcode.REFUSED));

            var reply = DnsQuery.ask(
                    new InetSocketAddress(LOOPBACK, socket.getLocalPort()), "www.example.org", AddressType.A);

            server.join();
            assertThat(reply)
                    .isInstanceOfSatisfying(
                            DnsReply.Rejection.class,
                            error -> assertThat(error.rcode()).isEqualTo("REFUSED"));
        }
    }

    @Test
    void aServerThatIsNotThereIsSilent() throws Exception {
        int port;
        try (var socket = new DatagramSocket(0, LOOPBACK)) {
            port = socket.getLocalPort();
        }

        assertThat(DnsQuery.ask(new InetSocketAddress(LOOPBACK, port), "www.example.org", AddressType.A))
                .isInstanceOf(DnsReply.Silence.class);
    }

    private static void answer(DatagramSocket socket, int rcode) {
        try {
            var packet = new DatagramPacket(new byte[512], 512);
            socket.receive(packet);
            var query = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
            var answer = new Message(query.getHeader().getID());
            answer.getHeader().setFlag(Flags.QR);
            answer.getHeader().setRcode(rcode);
            answer.addRecord(query.getQuestion(), Section.QUESTION);
            if (rcode == Rcode.NOERROR) {
                answer.addRecord(new CNAMERecord(ALIAS, DClass.IN, 60, NAME), Section.ANSWER);
                answer.addRecord(
                        new AAAARecord(NAME, DClass.IN, 60, InetAddress.ofLiteral("64:ff9b::c000:221")),
                        Section.ANSWER);
            }
            packet.setData(answer.toWire());
            socket.send(packet);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
