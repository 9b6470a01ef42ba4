// SPDX-License-Identifier: Apache-2.0
package nat64.translator.packet;

/**
 * Where packets come from and go to: a queue of a TUN device, a capture, memory. Both sides of the translator share one
 * port; the IP version tells them apart. Used by one thread, but for {@link #wake} and {@link #close}.
 */
public interface PacketPort extends AutoCloseable {

    /** Called once by the thread that is going to use the port, before it does. */
    default void attach() {}

    /** Takes the next packet into the slot, or returns false if there is none now. */
    boolean receive(Packet packet);

    /**
     * Hands a packet to the other side; its headers must have been parsed or translated. False if it was refused. A
     * port may keep a copy, and send it at the latest when it is told to {@link #flush}.
     */
    boolean send(Packet packet);

    /** Sends what was kept, and answers how many packets were refused that {@link #send} had taken. */
    default int flush() {
        return 0;
    }

    /** Waits until there is a packet, {@link #wake} is called, or the time is over. */
    void await(int milliseconds);

    /** Ends an {@link #await}, from any thread. */
    void wake();

    /** Whether no packet will ever come again. */
    boolean isClosed();

    @Override
    void close();
}
