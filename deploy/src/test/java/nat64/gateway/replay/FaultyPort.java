// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.replay;

import java.util.function.BooleanSupplier;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketPort;

/** Receives as another port, and sends as it is told: refuses, or throws. */
record FaultyPort(PacketPort port, BooleanSupplier send) implements PacketPort {

    @Override
    public boolean receive(Packet packet) {
        return port.receive(packet);
    }

    @Override
    public boolean send(Packet packet) {
        return send.getAsBoolean();
    }

    @Override
    public void await(int milliseconds) {
        port.await(milliseconds);
    }

    @Override
    public void wake() {
        port.wake();
    }

    @Override
    public boolean isClosed() {
        return port.isClosed();
    }

    @Override
    public void close() {
        port.close();
    }
}
