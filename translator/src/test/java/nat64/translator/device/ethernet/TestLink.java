// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.ethernet;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.device.ethernet.NextHops.Route;
import nat64.translator.packet.Packet;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IllegalRawDataException;

/** A link in memory, with a clock that the test sets; its frames are read by pcap4j. */
final class TestLink implements AutoCloseable {

    private final Arena arena = Arena.ofConfined();
    private final List<byte[]> frames = new ArrayList<>();
    private final List<byte[]> errors = new ArrayList<>();
    private final EthernetLink link;
    private final Packet packet = new Packet(arena);
    long now = 1_000_000;

    private TestLink(LinkIdentity own) {
        var outlets = new EthernetLink.Outlets(
                (buffer, at, length) -> frames.add(bytes(buffer, at, length)),
                (buffer, length) -> errors.add(bytes(buffer, 0, length)));
        link = new EthernetLink(arena, own, 1500, 7, outlets);
    }

    /** With 2001:db8:1::/64 on the link, and a default route through fe80::1. */
    static TestLink ipv6() {
        var test = new TestLink(Frames.IPV6);
        test.link.route(NextHops.of(List.of(
                new Route(Ipv6Prefix.parse("2001:db8:1::/64"), Optional.empty()),
                new Route(new Ipv6Prefix(0, 0, 0), Optional.of(Ipv6Address.parse("fe80::1"))))));
        return test;
    }

    /** With 192.0.2.0/24 on the link, and 198.51.100.0/24 behind 192.0.2.9. */
    static TestLink ipv4() {
        var test = new TestLink(Frames.IPV4);
        test.link.route(NextHops.of(List.of(
                new Route(IpAddresses.ipv4(Ipv4Prefix.parse("192.0.2.0/24")), Optional.empty()),
                new Route(
                        IpAddresses.ipv4(Ipv4Prefix.parse("198.51.100.0/24")),
                        Optional.of(IpAddresses.ipv4(Ipv4Address.parse(Frames.HOST4)))))));
        return test;
    }

    EthernetLink link() {
        return link;
    }

    void receive(byte[] frame) {
        link.receive(MemorySegment.ofArray(frame), frame.length, now);
    }

    boolean send(byte[] bytes) {
        return link.send(slot(bytes), now);
    }

    /** The packet in a slot that the next call uses again. */
    Packet slot(byte[] bytes) {
        MemorySegment.copy(bytes, 0, packet.buffer(), ValueLayout.JAVA_BYTE, Packet.HEADROOM, bytes.length);
        return packet.received(bytes.length);
    }

    /** Lets time pass, with the calls that a port makes meanwhile. */
    void pass(int milliseconds) {
        long end = now + milliseconds;
        for (; now < end; now += 250) {
            link.expire(now);
        }
        now = end;
        link.expire(now);
    }

    /** Frames that were sent since the last time. */
    List<EthernetPacket> frames() throws IllegalRawDataException {
        var parsed = new ArrayList<EthernetPacket>();
        for (var frame : frames) {
            parsed.add(EthernetPacket.newPacket(frame, 0, frame.length));
        }
        frames.clear();
        return parsed;
    }

    /** ICMP errors that were made since the last time. */
    List<byte[]> errors() {
        var made = List.copyOf(errors);
        errors.clear();
        return made;
    }

    @Override
    public void close() {
        arena.close();
    }

    private static byte[] bytes(MemorySegment buffer, long at, int length) {
        return buffer.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
    }
}
