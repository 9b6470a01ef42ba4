// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.replay;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Layers;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketParser;
import nat64.translator.packet.TransportPorts;
import nat64.translator.session.table.Protocol;
import nat64.translator.wire.IcmpHeader;
import nat64.translator.wire.Icmpv4;
import nat64.translator.wire.Icmpv6;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.TcpHeader;

/**
 * A packet as the translator's parser reads it, in words.
 *
 * @param readable false if the parser refused it, so that nothing but the version may be relied on
 * @param outer addresses and ports of the packet
 * @param quoted those of the packet that an ICMP error quotes
 * @param kind protocol, flags, type
 */
record PacketView(
        boolean readable,
        int version,
        int length,
        int hopLimit,
        boolean laterFragment,
        Optional<Tuple> outer,
        Optional<Tuple> quoted,
        String kind,
        String fragment) {

    private static final String FRAGMENT = ", fragment at octet ";

    /**
     * Who speaks with whom.
     *
     * @param protocol empty if it has no bindings
     * @param sourcePort also the identifier of an ICMP query
     */
    record Tuple(
            Optional<Protocol> protocol,
            Ipv6Address source,
            int sourcePort,
            Ipv6Address destination,
            int destinationPort,
            boolean isIpv6) {

        String sourceText() {
            return endpoint(source, sourcePort);
        }

        String destinationText() {
            return endpoint(destination, destinationPort);
        }

        int sourceIpv4() {
            return (int) source.low();
        }

        int destinationIpv4() {
            return (int) destination.low();
        }

        private String endpoint(Ipv6Address address, int port) {
            boolean hasPort = protocol.filter(p -> p != Protocol.ICMP).isPresent();
            if (isIpv6) {
                return hasPort ? "[" + address + "]:" + port : address.toString();
            }
            var dotted = Ipv4Address.format((int) address.low());
            return hasPort ? dotted + ":" + port : dotted;
        }
    }

    static PacketView of(byte[] octets) {
        try (var arena = Arena.ofConfined()) {
            var packet = new Packet(arena);
            MemorySegment.copy(MemorySegment.ofArray(octets), 0, packet.buffer(), Packet.HEADROOM, octets.length);
            packet.received(octets.length);
            var drop = new PacketParser().parse(packet);
            var layers = packet.layers();
            boolean readable = drop == DropReason.NONE;
            boolean error = readable && layers.isIcmpError();
            return new PacketView(
                    readable,
                    layers.version(),
                    octets.length,
                    layers.hopLimit(),
                    layers.isLaterFragment(),
                    readable ? Optional.of(tuple(packet.buffer(), layers)) : Optional.empty(),
                    error ? Optional.of(tuple(packet.buffer(), packet.quoted())) : Optional.empty(),
                    readable ? kind(packet.buffer(), layers) : "unreadable",
                    fragment(layers));
        }
    }

    boolean isFragment() {
        return fragment.startsWith(FRAGMENT);
    }

    boolean isError() {
        return quoted.isPresent();
    }

    /** One line. */
    String describe() {
        var text = new StringBuilder("IPv").append(version).append(' ').append(kind);
        outer.ifPresent(tuple ->
                text.append(" from ").append(tuple.sourceText()).append(" to ").append(tuple.destinationText()));
        text.append(", ").append(length).append(" octets");
        if (readable) {
            text.append(version == 6 ? ", hop limit " : ", TTL ")
                    .append(hopLimit)
                    .append(fragment);
        }
        quoted.ifPresent(tuple -> text.append(", about a packet from ")
                .append(tuple.sourceText())
                .append(" to ")
                .append(tuple.destinationText()));
        return text.toString();
    }

    private static Tuple tuple(MemorySegment buffer, Layers layers) {
        var protocol = protocol(layers);
        int source = 0;
        int destination = 0;
        if (protocol.isPresent() && !layers.isLaterFragment()) {
            boolean icmp = protocol.get() == Protocol.ICMP;
            source = TransportPorts.source(buffer, layers);
            destination = icmp ? source : layers.destinationPort(buffer);
        }
        return new Tuple(
                layers.isLaterFragment() ? Optional.empty() : protocol,
                new Ipv6Address(layers.version() == 6 ? layers.sourceHigh() : 0, layers.sourceLow()),
                source,
                new Ipv6Address(layers.version() == 6 ? layers.destinationHigh() : 0, layers.destinationLow()),
                destination,
                layers.version() == 6);
    }

    private static Optional<Protocol> protocol(Layers layers) {
        return switch (layers.protocol()) {
            case IpProtocol.TCP -> Optional.of(Protocol.TCP);
            case IpProtocol.UDP -> Optional.of(Protocol.UDP);
            default -> layers.isIcmp() ? Optional.of(Protocol.ICMP) : Optional.empty();
        };
    }

    private static String kind(MemorySegment buffer, Layers layers) {
        if (layers.isLaterFragment()) {
            return "later fragment of protocol " + layers.protocol();
        }
        return switch (layers.protocol()) {
            case IpProtocol.TCP -> "TCP " + flags(TcpHeader.flags(buffer, layers.transport()));
            case IpProtocol.UDP -> "UDP";
            default -> layers.isIcmp() ? icmp(buffer, layers) : "protocol " + layers.protocol();
        };
    }

    private static String flags(int flags) {
        var text = new StringBuilder();
        var names = new String[] {"FIN", "SYN", "RST", "PSH", "ACK", "URG"};
        for (int i = 0; i < names.length; i++) {
            if ((flags >>> i & 1) != 0) {
                text.append(text.isEmpty() ? "" : ",").append(names[i]);
            }
        }
        return text.isEmpty() ? "without flags" : text.toString();
    }

    private static String icmp(MemorySegment buffer, Layers layers) {
        int type = IcmpHeader.type(buffer, layers.transport());
        int code = IcmpHeader.code(buffer, layers.transport());
        boolean isIpv6 = layers.version() == 6;
        var name = isIpv6 ? nameV6(type) : nameV4(type);
        boolean echo = isIpv6 ? Icmpv6.isEcho(type) : Icmpv4.isEcho(type);
        return "ICMP " + name
                + (echo
                        ? " id " + IcmpHeader.identifier(buffer, layers.transport())
                        : " (type " + type + ", code " + code + ")");
    }

    private static String nameV6(int type) {
        return switch (type) {
            case Icmpv6.DESTINATION_UNREACHABLE -> "Destination Unreachable";
            case Icmpv6.PACKET_TOO_BIG -> "Packet Too Big";
            case Icmpv6.TIME_EXCEEDED -> "Time Exceeded";
            case Icmpv6.PARAMETER_PROBLEM -> "Parameter Problem";
            case Icmpv6.ECHO_REQUEST -> "echo request";
            case Icmpv6.ECHO_REPLY -> "echo reply";
            default -> "message";
        };
    }

    private static String nameV4(int type) {
        return switch (type) {
            case Icmpv4.DESTINATION_UNREACHABLE -> "Destination Unreachable";
            case Icmpv4.TIME_EXCEEDED -> "Time Exceeded";
            case Icmpv4.PARAMETER_PROBLEM -> "Parameter Problem";
            case Icmpv4.ECHO_REQUEST -> "echo request";
            case Icmpv4.ECHO_REPLY -> "echo reply";
            default -> "message";
        };
    }

    private static String fragment(Layers layers) {
        if (layers.isFragment()) {
            return FRAGMENT + layers.fragmentOffset() + (layers.moreFragments() ? ", more follow" : "");
        }
        return layers.version() == 4 ? layers.dontFragment() ? ", don't fragment" : ", may be fragmented" : "";
    }
}
