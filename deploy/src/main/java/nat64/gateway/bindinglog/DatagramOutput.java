// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.DatagramChannel;
import nat64.gateway.bindinglog.format.Batch;
import nat64.gateway.config.translator.log.LogServer;
import org.jspecify.annotations.Nullable;

/**
 * Sends each message in a datagram. A host that answers that its port is closed makes a write fail, so that records
 * wait for it; other losses on the way are not seen.
 */
final class DatagramOutput implements Output {

    private final LogServer server;
    private volatile @Nullable DatagramChannel channel;
    private @Nullable Batch begun;
    private int sent; // messages of the batch that was begun

    DatagramOutput(LogServer server) {
        this.server = server;
    }

    @Override
    public void write(Batch batch) throws IOException {
        if (begun != batch) {
            begun = batch;
            sent = 0;
        }
        try {
            var open = open();
            while (sent < batch.messages()) {
                open.write(batch.message(sent));
                sent++;
            }
        } catch (IOException e) {
            close(); // the name may lead to another address next time
            throw e;
        }
        begun = null;
    }

    private DatagramChannel open() throws IOException {
        var known = channel;
        if (known != null) {
            return known;
        }
        var opened = DatagramChannel.open();
        try {
            opened.connect(server.resolve());
        } catch (IOException e) {
            opened.close();
            throw e;
        }
        channel = opened;
        return opened;
    }

    @Override
    public void close() {
        var open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public String toString() {
        return server.toString();
    }
}
