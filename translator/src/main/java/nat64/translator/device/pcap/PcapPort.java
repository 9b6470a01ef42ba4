// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.pcap;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.LongSupplier;
import nat64.translator.device.DeviceException;
import nat64.translator.device.ethernet.EthernetHeader;
import nat64.translator.device.ethernet.LinkIdentity;
import nat64.translator.device.pcap.FrameQueue.Frame;
import nat64.translator.packet.Packet;
import nat64.translator.packet.Packet.Segmentation;
import nat64.translator.packet.PacketPort;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.Ipv6Header;
import nat64.translator.wire.Octets;

/**
 * Two live Ethernet interfaces, or one for both sides, as a packet port, for hosts without a TUN device. It takes the
 * packets for its prefixes off the interfaces, finds next hops itself, and answers ARP and neighbor solicitations for
 * its addresses. The host's kernel must do nothing with these packets. Two threads capture; the one that receives and
 * sends does everything else. libpcap and pcap4j copy each packet and make objects for it.
 */
public final class PcapPort implements PacketPort {

    /** Frames that wait to be translated; more are dropped. */
    private static final int QUEUED_FRAMES = 4096;

    private static final int EXPIRY_MILLIS = 250;
    private static final int REPORT_MILLIS = 10_000;
    private static final int FIRST_DISCOVERY_TYPE = 133; // router solicitation; 137 is a redirect (RFC 4861, section 4)
    private static final int LAST_DISCOVERY_TYPE = 137;

    private final Arena arena;
    private final FrameQueue queue = new FrameQueue(QUEUED_FRAMES);
    private final PartialChecksum partialChecksum = new PartialChecksum();
    private final LongSupplier clock;
    private final PcapSide ipv6;
    private final PcapSide ipv4;
    private volatile boolean closed;
    private boolean released; // guarded by this
    private long nextExpiry;
    private long nextReport;

    private PcapPort(PcapSettings settings, HostInterface ipv6Host, HostInterface ipv4Host, Options options)
            throws DeviceException {
        clock = options.clock();
        nextExpiry = clock.getAsLong();
        nextReport = nextExpiry + REPORT_MILLIS;
        var own6 = LinkIdentity.ipv6(ipv6Host.mac(), settings.ipv6Prefixes(), settings.routerAddress());
        var own4 = LinkIdentity.ipv4(
                ipv4Host.mac(), settings.ipv4Prefixes(), ipv4Host.ipv4Address(), settings.translatorIpv4());
        var device6 = PcapInterface.open(ipv6Host.name(), CaptureFilter.ipv6(own6.mac(), own6.owned()));
        PcapInterface device4;
        try {
            device4 = PcapInterface.open(ipv4Host.name(), CaptureFilter.ipv4(own4.mac(), settings.ipv4Prefixes()));
        } catch (DeviceException e) {
            device6.close();
            throw e;
        }
        arena = Arena.ofShared();
        var shared = new PcapSide.Shared(arena, queue, options.seed(), this::gone);
        ipv6 = new PcapSide(device6, own6, ipv6Host.mtu(), shared);
        ipv4 = new PcapSide(device4, own4, ipv4Host.mtu(), shared);
    }

    private record Options(LongSupplier clock, long seed) {}

    /**
     * Opens the interfaces, which must be up. No packet can be sent before {@link #use} has told the routes.
     *
     * @param clock milliseconds that never run backwards
     * @param seed of hashes; hosts on the links must not be able to guess it
     * @throws DeviceException if libpcap is missing or an interface can't be used; the message says what helps
     */
    public static PcapPort open(PcapSettings settings, LongSupplier clock, long seed) throws DeviceException {
        var obstacle = Libpcap.obstacle();
        if (obstacle.isPresent()) {
            throw new DeviceException(obstacle.get());
        }
        HostInterface.requireNoneOf(settings);
        var ipv6Host = HostInterface.of(settings.ipv6Interface());
        var ipv4Host = HostInterface.of(settings.ipv4Interface());
        var port = new PcapPort(settings, ipv6Host, ipv4Host, new Options(clock, seed));
        port.ipv6.start();
        port.ipv4.start();
        return port;
    }

    /** Goes by other routes and MTUs from now on. Any thread may call. */
    public void use(LinkState ipv6State, LinkState ipv4State) {
        ipv6.use(ipv6State);
        ipv4.use(ipv4State);
    }

    /** What was lost at each interface. Any thread may ask. */
    public List<CaptureLosses> losses() {
        return List.of(ipv6.losses(), ipv4.losses());
    }

    /** How many frames of both interfaces wait to be translated. Any thread may ask. */
    public int queued() {
        return queue.size();
    }

    @Override
    public boolean receive(Packet packet) {
        for (var frame = queue.poll(); frame != null; frame = queue.poll()) {
            if (take(frame, packet)) {
                return true;
            }
        }
        expire();
        return false;
    }

    @Override
    public boolean send(Packet packet) {
        packet.completeChecksum(); // no network card is told to
        boolean toIpv6 = Octets.u8(packet.buffer(), packet.start()) >>> 4 == 6;
        return (toIpv6 ? ipv6 : ipv4).link().send(packet, clock.getAsLong());
    }

    @Override
    public int flush() {
        expire();
        return 0;
    }

    @Override
    public void await(int milliseconds) {
        queue.await(Math.min(milliseconds, EXPIRY_MILLIS));
    }

    @Override
    public void wake() {
        queue.wake();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    /** Closes the interfaces. The thread that receives must have ended. Closing it twice does no harm. */
    @Override
    public synchronized void close() {
        if (!released) {
            released = true;
            closed = true;
            ipv6.close();
            ipv4.close();
            arena.close();
        }
    }

    private void gone() {
        closed = true;
        queue.wake();
    }

    /** Puts the packet of a frame into the slot; false if the frame is not one to translate. */
    private boolean take(Frame frame, Packet packet) {
        var side = frame.side();
        if (side == null) {
            copy(frame.bytes(), 0, packet);
            return true;
        }
        int length = frame.bytes().length;
        if (length <= EthernetHeader.LENGTH) {
            return false;
        }
        var bytes = MemorySegment.ofArray(frame.bytes());
        int type = EthernetHeader.type(bytes, 0);
        if (type == EthernetHeader.ARP ? side == ipv4 : isDiscovery(bytes, type, length)) {
            side.link().receive(bytes, length, clock.getAsLong());
            return false;
        }
        boolean isOurs = type == side.identity().etherType()
                && EthernetHeader.destination(bytes, 0) == side.identity().mac();
        if (isOurs) {
            copy(frame.bytes(), EthernetHeader.LENGTH, packet);
        }
        return isOurs;
    }

    private void copy(byte[] bytes, int from, Packet packet) {
        int length = bytes.length - from;
        MemorySegment.copy(bytes, from, packet.buffer(), ValueLayout.JAVA_BYTE, Packet.HEADROOM, length);
        boolean partial = partialChecksum.isIn(packet.buffer(), Packet.HEADROOM, length);
        packet.received(length, partial, Segmentation.NONE, 0, false);
    }

    /** Messages of neighbor discovery have no extension headers in front, and concern this link only. */
    private static boolean isDiscovery(MemorySegment frame, int type, int length) {
        int icmp = EthernetHeader.LENGTH + Ipv6Header.LENGTH;
        if (type != EthernetHeader.IPV6 || length <= icmp) {
            return false;
        }
        int message = Octets.u8(frame, icmp);
        return Octets.u8(frame, EthernetHeader.LENGTH + 6) == IpProtocol.ICMPV6
                && message >= FIRST_DISCOVERY_TYPE
                && message <= LAST_DISCOVERY_TYPE;
    }

    private void expire() {
        long now = clock.getAsLong();
        if (now - nextExpiry >= 0) {
            nextExpiry = now + EXPIRY_MILLIS;
            ipv6.link().expire(now);
            ipv4.link().expire(now);
        }
        if (now - nextReport >= 0) {
            nextReport = now + REPORT_MILLIS;
            List.of(ipv6, ipv4).forEach(PcapSide::reportLosses);
        }
    }
}
