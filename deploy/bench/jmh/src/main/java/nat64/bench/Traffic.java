// SPDX-License-Identifier: Apache-2.0
package nat64.bench;

import java.lang.foreign.MemorySegment;
import java.util.List;
import nat64.translator.TranslatorSettings;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import nat64.translator.packet.Packet;
import nat64.translator.session.fragment.FragmentLimits;
import nat64.translator.session.policy.Lifetimes;
import nat64.translator.session.policy.StatePolicy;
import nat64.translator.session.pool4.Pool4Range;
import nat64.translator.session.pool4.PortRange;
import nat64.translator.translate.TranslationOptions;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.Ipv4Header;
import nat64.translator.wire.Ipv6Header;
import nat64.translator.wire.Octets;
import nat64.translator.wire.Ports;
import nat64.translator.wire.TcpHeader;

/**
 * TCP segments without payload of any number of sessions, told apart by a number from 0 on. Each session has an IPv6
 * transport address of its own, 64 of them on each host, and so a binding of its own: the most expensive kind.
 */
final class Traffic {

    static final int SYN = TcpHeader.SYN;
    static final int SYN_ACK = TcpHeader.SYN | TcpHeader.ACK;
    static final int ACK = TcpHeader.ACK;

    /** Octets of each packet. */
    static final int IPV6_LENGTH = Ipv6Header.LENGTH + TcpHeader.LENGTH;

    static final int IPV4_LENGTH = Ipv4Header.LENGTH + TcpHeader.LENGTH;

    private static final Pref64 PREF64 = Pref64.parse("2001:db8:64::/96");
    private static final Ipv6Prefix CLIENTS = Ipv6Prefix.parse("2001:db8:1::/48");
    private static final Ipv4Prefix POOL4 = Ipv4Prefix.parse("203.0.113.0/24"); // 16 million ports
    private static final int SERVERS = Ipv4Prefix.parse("198.51.100.0/24").address();
    private static final int SESSIONS_PER_HOST_BITS = 6;
    private static final int HOSTS_PER_LINK_BITS = 8;
    private static final int IPV4_SOURCE = 12;
    private static final int SERVER_PORT = 443;

    private final Ipv4Header ipv4 = new Ipv4Header();
    private final Ipv6Header ipv6 = new Ipv6Header();

    /** Of a translator with room for so many sessions, in all else as RFC 6146 has it. */
    static TranslatorSettings settings(int maxSessions) {
        return new TranslatorSettings(
                List.of(PREF64),
                List.of(new Pool4Range(POOL4, new PortRange(1024, 65_535))),
                List.of(CLIENTS),
                false,
                Lifetimes.RFC_6146,
                maxSessions,
                Ipv6Address.parse("2001:db8:ffff::1"),
                TranslatorSettings.ICMP_ERRORS_PER_SECOND,
                TranslationOptions.RFC_7915,
                StatePolicy.DEFAULT,
                FragmentLimits.DEFAULT);
    }

    /** Writes a segment from the IPv6 host of a session. */
    void fromIpv6(MemorySegment buffer, int at, int session, int flags) {
        int host = session >>> SESSIONS_PER_HOST_BITS;
        int server = server(session);
        ipv6.wrap(buffer, at)
                .write(0, TcpHeader.LENGTH, IpProtocol.TCP, 64)
                .source(CLIENTS.high() | (host >>> HOSTS_PER_LINK_BITS), 1 + (host & ((1 << HOSTS_PER_LINK_BITS) - 1)))
                .destination(PREF64.embedHigh(server), PREF64.embedLow(server));
        int port = 40_000 + (session & ((1 << SESSIONS_PER_HOST_BITS) - 1));
        tcp(buffer, at + Ipv6Header.LENGTH, port, SERVER_PORT, flags);
    }

    /** Writes a segment from the IPv4 host of a session to the {@link #ipv4Source} that pool4 has given it. */
    void fromIpv4(MemorySegment buffer, int at, int session, long pool4, int flags) {
        ipv4.wrap(buffer, at)
                .write(0, IPV4_LENGTH, 64, IpProtocol.TCP)
                .fragment(0, Ipv4Header.DONT_FRAGMENT)
                .finish(server(session), (int) (pool4 >>> Short.SIZE));
        tcp(buffer, at + Ipv4Header.LENGTH, SERVER_PORT, (int) pool4 & 0xffff, flags);
    }

    /** The source of a packet that is IPv4 now: the address in the bits above 16, the port in the 16 lowest. */
    static long ipv4Source(Packet packet) {
        int address = Octets.u32(packet.buffer(), packet.start() + IPV4_SOURCE);
        int port = Ports.source(packet.buffer(), packet.start() + Ipv4Header.LENGTH);
        return (address & 0xffff_ffffL) << Short.SIZE | port;
    }

    private static int server(int session) {
        return SERVERS + (session & 0xff);
    }

    /** The checksum is wrong and stays so: a translator only updates it. */
    private static void tcp(MemorySegment buffer, int at, int source, int destination, int flags) {
        TcpHeader.write(buffer, at, Ports.both(source, destination), flags);
        TcpHeader.checksum(buffer, at, 0x1234);
    }
}
