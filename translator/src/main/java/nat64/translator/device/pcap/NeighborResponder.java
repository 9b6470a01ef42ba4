// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.pcap;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.LongSupplier;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.device.DeviceException;
import nat64.translator.device.ethernet.EthernetLink;
import nat64.translator.device.ethernet.LinkIdentity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the neighbor solicitations of a link for prefixes whose addresses the kernel does not have, so that hosts and
 * routers there send packets for them to this host (RFC 4861, section 7.2.8). On a thread of its own, until it is
 * closed or the interface goes down.
 */
public final class NeighborResponder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NeighborResponder.class);
    private static final String SOLICITATIONS = "icmp6 and ip6[40] = 135";
    private static final int BUFFER_BYTES = 256 << 10;
    private static final int LONGEST_FRAME = 512;

    private final PcapInterface link;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment frame = arena.allocate(LONGEST_FRAME, Long.BYTES);
    private final EthernetLink answers;
    private final LongSupplier clock;
    private final Thread thread;

    private NeighborResponder(PcapInterface link, LinkIdentity own, LongSupplier clock) {
        this.link = link;
        this.clock = clock;
        answers = new EthernetLink(arena, own, 0, 0, new EthernetLink.Outlets(this::send, (_, _) -> {}));
        thread = Thread.ofPlatform()
                .daemon()
                .name("nat64-neighbors-" + link.name())
                .unstarted(this::answer);
    }

    /**
     * Begins to answer on an interface.
     *
     * @param prefixes no address of the host is in one of them
     * @param clock milliseconds since any moment; it never goes back
     * @throws DeviceException if that is not possible; the message says what helps
     */
    public static NeighborResponder start(String name, List<Ipv6Prefix> prefixes, LongSupplier clock)
            throws DeviceException {
        var obstacle = Libpcap.obstacle();
        if (obstacle.isPresent()) {
            throw new DeviceException(obstacle.get());
        }
        var none = new Ipv6Address(0, 0); // it sends no solicitations
        var own = new LinkIdentity(6, HostInterface.of(name).mac(), prefixes, none, none);
        var link = PcapInterface.open(name, SOLICITATIONS, LONGEST_FRAME, BUFFER_BYTES);
        var responder = new NeighborResponder(link, own, clock);
        responder.thread.start();
        return responder;
    }

    /** Whether it still answers. Any thread may ask. */
    public boolean isRunning() {
        return thread.isAlive();
    }

    @Override
    public void close() {
        link.stop();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return; // what the thread uses stays open
        }
        link.close();
        arena.close();
    }

    private void answer() {
        try {
            link.capture(this::take);
        } catch (DeviceException e) {
            LOG.info("{}", e.getMessage());
        }
    }

    private void take(byte[] octets, boolean isWhole) {
        if (isWhole && octets.length <= LONGEST_FRAME) {
            MemorySegment.copy(octets, 0, frame, ValueLayout.JAVA_BYTE, 0, octets.length);
            answers.receive(frame, octets.length, clock.getAsLong());
        }
    }

    private boolean send(MemorySegment buffer, int at, int length) {
        return link.send(buffer.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE), length);
    }
}
