// SPDX-License-Identifier: Apache-2.0
package nat64.translator.testing;

import static nat64.translator.testing.Packets.ip4;
import static nat64.translator.testing.Packets.ip6;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import nat64.translator.session.record.SessionView;
import nat64.translator.session.table.TcpState;
import org.pcap4j.packet.TcpPacket;
import org.pcap4j.packet.namednumber.IpNumber;

/** A client and a server with sequence numbers of their own, and strangers who send in their names. */
public final class TcpPeers {

    public static final int CLIENT_PORT = 50_000;

    private static final int SERVER_PORT = 80;

    private final TestTranslator nat64;
    private long client;
    private long server;
    private Wire syn;

    /** With the numbers that the two SYNs have. */
    public TcpPeers(TestTranslator nat64, long client, long server) {
        this.nat64 = nat64;
        this.client = client;
        this.server = server;
        syn = fromClient("S", client, 0, 0);
    }

    /** The rest of the handshake. */
    public TcpPeers connect() {
        client++;
        fromServer("SA", server, client, 0);
        server++;
        fromClient("A", client, server, 0);
        assertThat(state()).isEqualTo(TcpState.ESTABLISHED);
        return this;
    }

    /** The client begins anew from the same port. */
    public void reconnect(long newClient, long newServer) {
        client = newClient + 1;
        server = newServer + 1;
        fromClient("S", newClient, 0, 0);
        fromServer("SA", newServer, client, 0);
        fromClient("A", client, server, 0);
    }

    /** The client sends so many octets, which the server acknowledges. */
    public void upload(int octets) {
        fromClient("PA", client, server, octets);
        client += octets;
        fromServer("A", server, client, 0);
    }

    /** The server sends so many octets, which the client acknowledges. */
    public void download(int octets) {
        fromServer("PA", server, client, octets);
        server += octets;
        fromClient("A", client, server, 0);
    }

    /** Octets went from the server to the client on another way. */
    public void downloadUnseen(long octets) {
        server += octets;
    }

    /** The number that the client uses next. */
    public long client() {
        return client;
    }

    /** The number that the server uses next. */
    public long server() {
        return server;
    }

    /** A segment with the addresses of the client; it has to pass. */
    public Wire fromClient(String flags, long sequence, long acknowledgment, int octets) {
        var segment = (TcpPacket.Builder)
                Packets.tcp(ip6(CLIENT), CLIENT_PORT, ip6(SERVER_IN_PREF64), SERVER_PORT, flags, payload(octets));
        segment.sequenceNumber((int) sequence).acknowledgmentNumber((int) acknowledgment);
        return nat64.translate(Packets.ipv6(CLIENT, SERVER_IN_PREF64, IpNumber.TCP, 64, segment));
    }

    /** A segment with the addresses of the server; it has to pass. */
    public Wire fromServer(String flags, long sequence, long acknowledgment, int octets) {
        var segment = (TcpPacket.Builder)
                Packets.tcp(ip4(SERVER), SERVER_PORT, ip4(syn.source()), syn.sourcePort(), flags, payload(octets));
        segment.sequenceNumber((int) sequence).acknowledgmentNumber((int) acknowledgment);
        return nat64.translate(Packets.ipv4(SERVER, syn.source(), IpNumber.TCP, 64, true, segment));
    }

    public TcpState state() {
        return session().state();
    }

    public Duration timeLeft() {
        return session().timeLeft();
    }

    private SessionView session() {
        List<SessionView> sessions = nat64.sessions(2, nat64.now());
        assertThat(sessions).hasSize(1);
        return sessions.getFirst();
    }
}
