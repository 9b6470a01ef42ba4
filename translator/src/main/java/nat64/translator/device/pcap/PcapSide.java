// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.pcap;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import nat64.translator.device.DeviceException;
import nat64.translator.device.ethernet.EthernetHeader;
import nat64.translator.device.ethernet.EthernetLink;
import nat64.translator.device.ethernet.LinkIdentity;
import nat64.translator.packet.Packet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One side of a port: an interface, the thread that captures there, and what the port is on that link. */
final class PcapSide {

    private static final Logger LOG = LoggerFactory.getLogger(PcapSide.class);

    private final PcapInterface device;
    private final LinkIdentity identity;
    private final Shared shared;
    private final EthernetLink link;
    private final byte[] outgoing = new byte[EthernetHeader.LENGTH + Packet.LARGEST];
    private final Thread capture;
    private volatile int longestFrame;
    private volatile long lost; // written by the thread that captures
    private volatile long tooLong; // likewise
    private long lostReported;
    private long tooLongReported;

    /**
     * What both sides of a port have in common.
     *
     * @param arena closed only after both sides
     * @param onGone called by a thread that captures if its interface has gone
     */
    record Shared(Arena arena, FrameQueue queue, long seed, Runnable onGone) {}

    /** Nothing is captured before {@link #start}. */
    PcapSide(PcapInterface device, LinkIdentity identity, int mtu, Shared shared) {
        this.device = device;
        this.identity = identity;
        this.shared = shared;
        var outlets = new EthernetLink.Outlets(this::send, this::takeError);
        link = new EthernetLink(shared.arena(), identity, mtu, shared.seed(), outlets);
        longestFrame = EthernetHeader.LENGTH + mtu;
        capture =
                Thread.ofPlatform().daemon().name("nat64-pcap-" + device.name()).unstarted(this::capture);
    }

    void start() {
        capture.start();
    }

    EthernetLink link() {
        return link;
    }

    LinkIdentity identity() {
        return identity;
    }

    /** Goes by another state of the link from now on; by any thread. */
    void use(LinkState state) {
        longestFrame = EthernetHeader.LENGTH + state.mtu();
        link.route(state.nextHops());
    }

    /** Sends a frame; by the thread that translates. */
    private boolean send(MemorySegment buffer, int at, int length) {
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, at, outgoing, 0, length);
        return device.send(outgoing, length);
    }

    /** The frames that were lost so far; by any thread. */
    CaptureLosses losses() {
        return new CaptureLosses(device.name(), lost, tooLong);
    }

    /** Logs the frames that were lost since the last time. */
    void reportLosses() {
        long lostNow = lost;
        long tooLongNow = tooLong;
        if (lostNow > lostReported) {
            LOG.warn(
                    "{} frames from {} were dropped: they came faster than they are translated",
                    lostNow - lostReported,
                    device.name());
        }
        if (tooLongNow > tooLongReported) {
            LOG.warn(
                    "{} frames from {} were dropped: they are longer than its MTU; turn offload"
                            + " off, here (ethtool -K {} gro off lro off) and, on a virtual link, at the other end"
                            + " (ethtool -K DEVICE tx off)",
                    tooLongNow - tooLongReported,
                    device.name(),
                    device.name());
        }
        lostReported = lostNow;
        tooLongReported = tooLongNow;
    }

    /** Ends the capture and closes the interface. */
    void close() {
        device.stop();
        try {
            capture.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return; // the handle stays: the thread may still be using it
        }
        device.close();
    }

    private void capture() {
        try {
            device.capture(this::take);
        } catch (DeviceException e) {
            LOG.error("{}", e.getMessage());
            shared.onGone().run();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void take(byte[] frame, boolean isWhole) {
        if (!isWhole || frame.length > longestFrame) {
            tooLong++;
        } else if (!shared.queue().offer(new FrameQueue.Frame(this, frame))) {
            lost++;
        }
    }

    private void takeError(MemorySegment packet, int length) {
        shared.queue()
                .offer(new FrameQueue.Frame(null, packet.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE)));
    }
}
