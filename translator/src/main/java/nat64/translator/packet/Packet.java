// SPDX-License-Identifier: Apache-2.0
package nat64.translator.packet;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import nat64.translator.wire.Checksum;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.Octets;

/**
 * One IP packet in a slot of off-heap memory, with headroom in front, so that a header may grow in place: the transport
 * header stays where it is, and the IP header in front of it is written anew. A packet may be a super-packet of
 * segmentation offload: many segments of one flow under one header. Belongs to one worker and is used again and again.
 */
public final class Packet {

    /** Octets kept free in front of a received packet: the growth of two IPv6 headers with fragment headers, and more. */
    public static final int HEADROOM = 128;

    /** Octets of the largest packet, IP header included. */
    public static final int LARGEST = 65_535;

    private final MemorySegment buffer;
    private final Layers layers = new Layers();
    private final Layers quoted = new Layers();
    private int start;
    private int end;
    private boolean partialChecksum;
    private Segmentation segmentation = Segmentation.NONE;
    private int segmentOctets;
    private boolean congestionMarks;
    private int extensionOctets;

    /** A slot that lives as long as the arena. */
    public Packet(Arena arena) {
        buffer = arena.allocate(HEADROOM + LARGEST + 1, 64);
    }

    /** How a super-packet is to be cut. */
    public enum Segmentation {
        NONE,
        TCP,
        UDP
    }

    /** Forgets what was here: the slot now holds an ordinary packet at {@link #HEADROOM}, not parsed yet. */
    public Packet received(int length) {
        return received(length, false, Segmentation.NONE, 0, false);
    }

    /**
     * As {@link #received(int)}, with what the device tells about the packet.
     *
     * @param partialChecksum the transport checksum holds only the sum of the pseudo-header, and the device completes it
     * @param segmentOctets payload octets of each segment, if this is a super-packet
     * @param congestionMarks the super-packet's segments carry CWR in the first one only (RFC 3168)
     */
    public Packet received(
            int length,
            boolean partialChecksum,
            Segmentation segmentation,
            int segmentOctets,
            boolean congestionMarks) {
        this.start = HEADROOM;
        this.end = HEADROOM + length;
        this.partialChecksum = partialChecksum;
        this.segmentation = segmentation;
        this.segmentOctets = segmentation == Segmentation.NONE ? 0 : segmentOctets;
        this.congestionMarks = congestionMarks;
        extensionOctets = 0;
        layers.clear();
        return this;
    }

    /** The slot. Offsets of {@link #start}, {@link #end} and {@link #layers} count from its beginning. */
    public MemorySegment buffer() {
        return buffer;
    }

    public int start() {
        return start;
    }

    public int end() {
        return end;
    }

    /** Octets from the IP header to the end. */
    public int length() {
        return end - start;
    }

    /** Where the headers are; valid once {@link PacketParser} has read the packet. */
    public Layers layers() {
        return layers;
    }

    /** Where the headers of the packet that this ICMP error quotes are; valid only of an ICMP error. */
    public Layers quoted() {
        return quoted;
    }

    /** Moves the front of the packet: a header was written anew. */
    public void startAt(int offset) {
        start = offset;
    }

    /** Cuts off what lies behind. */
    public void endAt(int offset) {
        end = offset;
    }

    /** Ends the packet before its last octets, an ICMP extension structure (RFC 4884), and remembers how many they are. */
    void setExtensionAside(int octets) {
        end -= octets;
        extensionOctets = octets;
    }

    /** Octets of the ICMP extension structure that lies right behind the {@link #end} of a parsed ICMP error, or 0. */
    public int extensionOctets() {
        return extensionOctets;
    }

    public boolean hasPartialChecksum() {
        return partialChecksum;
    }

    /** Completes a partial transport checksum, for a packet that no device will complete. */
    public void completeChecksum() {
        if (partialChecksum) {
            partialChecksum = false;
            int checksum = Checksum.of(Checksum.sum(buffer, layers.transport(), end - layers.transport()));
            boolean none = checksum == 0 && layers.protocol() == IpProtocol.UDP; // RFC 768: 0 would mean no checksum
            Octets.u16(buffer, layers.transport() + (long) layers.checksumOffset(), none ? 0xffff : checksum);
        }
    }

    /** The super-packet is being sent segment by segment: what is left is an ordinary packet with a whole checksum. */
    public void segmented() {
        segmentation = Segmentation.NONE;
        segmentOctets = 0;
        partialChecksum = false;
    }

    public Segmentation segmentation() {
        return segmentation;
    }

    public boolean isSuperPacket() {
        return segmentation != Segmentation.NONE;
    }

    /** Payload octets of each segment of a super-packet, 0 of any other packet. */
    public int segmentOctets() {
        return segmentOctets;
    }

    public boolean hasCongestionMarks() {
        return congestionMarks;
    }

    /** How many packets this one is on the wire. */
    public int packetsOnWire() {
        if (!isSuperPacket()) {
            return 1;
        }
        int payload = end - layers.payload();
        return Math.max(1, (payload + segmentOctets - 1) / segmentOctets);
    }

    /** Octets of the largest packet on the wire, its IP header included: of a super-packet, one segment. */
    public int lengthOnWire() {
        return isSuperPacket() ? Math.min(length(), layers.payload() - start + segmentOctets) : length();
    }
}
