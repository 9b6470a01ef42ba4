// SPDX-License-Identifier: Apache-2.0
package nat64.translator.testing;

import java.util.function.BooleanSupplier;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketPort;

/** A port from which nothing comes, and that does with what is sent what a test says. */
public final class PortStub implements PacketPort {

    private final BooleanSupplier send;

    public PortStub(BooleanSupplier send) {
        this.send = send;
    }

    @Override
    public boolean receive(Packet packet) {
        return false;
    }

    @Override
    public boolean send(Packet packet) {
        return send.getAsBoolean();
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
