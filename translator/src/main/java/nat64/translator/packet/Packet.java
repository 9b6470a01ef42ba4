// SPDX-License-Identifier: Apache-2.0
package nat64.translator.packet;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import nat64.translator.wire.Checksum;
import nat64.translator.wire.Octets;
import org.jspecify.annotations.Nullable;

/**
 * One IP packet in a buffer of off-heap memory, with headroom in front, so that a header can grow in place: the
 * transport header stays where it is, and a new IP header is written in front of it. A packet may be a super-packet of
 * segmentation offload: many segments of one flow under one header. Belongs to one worker, which reuses it.
 */
public final class Packet {

    /** Free bytes in front of a received packet: two IPv6 headers with Fragment headers need 96. */
    public static final int HEADROOM = 128;

    /** Bytes of the largest packet, with its IP header. */
    public static final int LARGEST = 65_535;

    private final MemorySegment buffer;
    private final Layers layers = new Layers();
    private final Layers quoted = new Layers();
    private int start;
    private int end;
    private boolean partialChecksum;
    private Segmentation segmentation = Segmentation.NONE;
    private int segmentBytes;
    private boolean congestionMarks;
    private int extensionBytes;
    private boolean rewritten;
    private @Nullable PacketTrace trace = PacketTrace.none();

    /** Allocates a buffer that lives as long as the arena. */
    public Packet(Arena arena) {
        buffer = arena.allocate(HEADROOM + LARGEST + 1, 64);
    }

    /** How a super-packet is cut into segments. */
    public enum Segmentation {
        NONE,
        TCP,
        UDP
    }

    /** Starts a new packet: the buffer now holds an ordinary packet at {@link #HEADROOM}, not parsed yet. */
    public Packet received(int length) {
        return received(length, false, Segmentation.NONE, 0, false);
    }

    /**
     * As {@link #received(int)}, with what the device reports about the packet.
     *
     * @param partialChecksum the transport checksum holds only the sum of the pseudo-header, and the device completes
     *     it
     * @param segmentBytes payload bytes of each segment, if this is a super-packet
     * @param congestionMarks only the first segment of the super-packet carries CWR (RFC 3168)
     */
    public Packet received(
            int length, boolean partialChecksum, Segmentation segmentation, int segmentBytes, boolean congestionMarks) {
        this.start = HEADROOM;
        this.end = HEADROOM + length;
        this.partialChecksum = partialChecksum;
        this.segmentation = segmentation;
        this.segmentBytes = segmentation == Segmentation.NONE ? 0 : segmentBytes;
        this.congestionMarks = congestionMarks;
        extensionBytes = 0;
        rewritten = false;
        layers.clear();
        return this;
    }

    /** The buffer. {@link #start}, {@link #end} and {@link #layers} are offsets from its beginning. */
    public MemorySegment buffer() {
        return buffer;
    }

    public int start() {
        return start;
    }

    public int end() {
        return end;
    }

    /** Bytes from the IP header to the end. */
    public int length() {
        return end - start;
    }

    /** Where the headers are; valid after {@link PacketParser} has read the packet. */
    public Layers layers() {
        return layers;
    }

    /** Where the headers of the quoted packet are; valid only if this packet is an ICMP error. */
    public Layers quoted() {
        return quoted;
    }

    /** Sets where the packet starts, after a new header was written. */
    public void startAt(int offset) {
        start = offset;
    }

    /** Sets where the packet ends. */
    public void endAt(int offset) {
        end = offset;
    }

    /** Ends the packet before its last bytes, an ICMP extension structure (RFC 4884), and remembers their number. */
    void setExtensionAside(int bytes) {
        end -= bytes;
        extensionBytes = bytes;
    }

    /** Bytes of the ICMP extension structure that follows the {@link #end} of a parsed ICMP error, or 0. */
    public int extensionBytes() {
        return extensionBytes;
    }

    /** The headers are now those of the other side; the sender of the packet could no longer recognize them. */
    public void rewritten() {
        rewritten = true;
    }

    /** The headers are again those that were received, and must be parsed again. */
    public void restored(int newStart, int newEnd) {
        start = newStart;
        end = newEnd;
        rewritten = false;
        layers.clear();
    }

    /** Whether the headers are no longer those that were received. */
    public boolean isRewritten() {
        return rewritten;
    }

    /** Traces what is received into this packet from now on, or ends that with null. */
    public void trace(@Nullable PacketTrace newTrace) {
        trace = newTrace;
    }

    /** Where steps write down what they find; null unless the packet is being explained. */
    public @Nullable PacketTrace trace() {
        return trace;
    }

    /** The packet enters a step of its line. */
    public void enter(Step step) {
        if (trace != null) {
            trace.enter(step);
        }
    }

    public boolean hasPartialChecksum() {
        return partialChecksum;
    }

    /** Completes a partial transport checksum in software, for packets that the device does not complete. */
    public void completeChecksum() {
        if (partialChecksum) {
            partialChecksum = false;
            long sum = Checksum.sum(buffer, layers.transport(), end - layers.transport());
            Octets.u16(buffer, layers.checksumAt(), Checksum.of(sum, layers.protocol()));
        }
    }

    /** Makes this an ordinary packet with a complete checksum, because its segments are sent one by one. */
    public void segmented() {
        segmentation = Segmentation.NONE;
        segmentBytes = 0;
        partialChecksum = false;
    }

    public Segmentation segmentation() {
        return segmentation;
    }

    public boolean isSuperPacket() {
        return segmentation != Segmentation.NONE;
    }

    /** Payload bytes of each segment of a super-packet; 0 for any other packet. */
    public int segmentBytes() {
        return segmentBytes;
    }

    public boolean hasCongestionMarks() {
        return congestionMarks;
    }

    /** Number of packets that this one becomes on the wire. */
    public int packetsOnWire() {
        if (!isSuperPacket()) {
            return 1;
        }
        int payload = end - layers.payload();
        return Math.max(1, (payload + segmentBytes - 1) / segmentBytes);
    }

    /** Bytes of the largest packet on the wire, with its IP header: for a super-packet, of one segment. */
    public int lengthOnWire() {
        return isSuperPacket() ? Math.min(length(), layers.payload() - start + segmentBytes) : length();
    }
}
