// SPDX-License-Identifier: Apache-2.0
package nat64.bench;

import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketPort;

/** A device that has nothing to say and takes everything. */
final class Sink implements PacketPort {

    private long sent;

    /** Packets taken so far. */
    long sent() {
        return sent;
    }

    @Override
    public boolean receive(Packet packet) {
        return false;
    }

    @Override
    public boolean send(Packet packet) {
        sent++;
        return true;
    }

    @Override
    public void await(int milliseconds) {}

    @Override
    public void wake() {}

    @Override
    public boolean isClosed() {
        return false;
    }

    @Override
    public void close() {}
}
