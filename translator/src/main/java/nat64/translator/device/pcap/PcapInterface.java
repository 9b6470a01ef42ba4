// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.pcap;

import nat64.translator.device.DeviceException;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.PcapDirection;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;
import org.pcap4j.core.RawPacketListener;
import org.pcap4j.packet.namednumber.DataLinkType;

/**
 * An interface that frames are captured from and sent to. One thread captures, another one sends. It is promiscuous, so
 * that multicast solicitations for addresses that the kernel does not have come through.
 */
final class PcapInterface implements AutoCloseable {

    private static final int BUFFER_BYTES = 16 << 20;
    private static final int SNAPSHOT_BYTES = 9216 + 18; // of jumbo frames; no more, or fewer fit into the buffer

    /** How long a capture waits for a frame before it looks whether it is to end. */
    private static final int TIMEOUT_MILLIS = 200;

    private final String name;
    private final PcapHandle handle;
    private volatile boolean closing;

    private PcapInterface(String name, PcapHandle handle) {
        this.name = name;
        this.handle = handle;
    }

    /** Takes frames; {@code isWhole} is false if more bytes were on the link than were captured. */
    interface Taker {
        void take(byte[] frame, boolean isWhole);
    }

    /**
     * Begins to capture what comes in, in the language of pcap-filter(7).
     *
     * @throws DeviceException if it can't; the message says what helps
     */
    static PcapInterface open(String name, String filter) throws DeviceException {
        return open(name, filter, SNAPSHOT_BYTES, BUFFER_BYTES);
    }

    /**
     * As {@link #open(String, String)}.
     *
     * @param longest of a frame, how many bytes are captured
     * @param buffer bytes of frames that may wait
     */
    static PcapInterface open(String name, String filter, int longest, int buffer) throws DeviceException {
        PcapHandle handle;
        try {
            handle = new PcapHandle.Builder(name)
                    .snaplen(longest)
                    .bufferSize(buffer)
                    .timeoutMillis(TIMEOUT_MILLIS)
                    .immediateMode(true)
                    .promiscuousMode(PromiscuousMode.PROMISCUOUS)
                    .build();
        } catch (PcapNativeException e) {
            throw new DeviceException("cannot capture on %s: %s; it needs root, or the capability NET_RAW"
                    .formatted(name, e.getMessage()));
        }
        try {
            if (!handle.getDlt().equals(DataLinkType.EN10MB)) {
                throw new DeviceException(name + " is not an Ethernet interface, but of link type " + handle.getDlt());
            }
            handle.setDirection(PcapDirection.IN);
            handle.setFilter(filter, BpfCompileMode.OPTIMIZE);
            return new PcapInterface(name, handle);
        } catch (PcapNativeException | NotOpenException e) {
            handle.close();
            throw new DeviceException(
                    "cannot capture on %s with the filter '%s': %s".formatted(name, filter, e.getMessage()));
        } catch (DeviceException e) {
            handle.close();
            throw e;
        }
    }

    String name() {
        return name;
    }

    /**
     * Hands over frames until {@link #stop}.
     *
     * @throws DeviceException if the interface has gone
     */
    void capture(Taker taker) throws DeviceException {
        RawPacketListener listener = frame -> taker.take(frame, handle.getOriginalLength() <= frame.length);
        while (!closing) {
            try {
                handle.dispatch(-1, listener);
            } catch (InterruptedException e) {
                closing = true; // by breakLoop; this thread's state was never interrupted
            } catch (PcapNativeException | NotOpenException e) {
                throw new DeviceException("capturing on %s has ended: %s".formatted(name, e.getMessage()));
            }
        }
    }

    /** Sends the first bytes; false if the kernel has refused them. */
    boolean send(byte[] frame, int length) {
        try {
            handle.sendPacket(frame, length);
            return true;
        } catch (PcapNativeException | NotOpenException e) {
            return false; // the link is down, or its queue is full
        }
    }

    /** Ends {@link #capture}. */
    void stop() {
        closing = true;
        try {
            handle.breakLoop();
        } catch (NotOpenException e) {
            return; // it is closed already
        }
    }

    /** The thread that captures must have ended. */
    @Override
    public void close() {
        handle.close();
    }
}
