// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * The sockets of a place.
 *
 * @param bound the address, with the port that the kernel chose for 0
 * @param stream takes connections
 * @param datagrams what else is open, for UDP; closing it throws nothing
 */
record OpenPlace(InetSocketAddress bound, Channel stream, List<Runnable> datagrams) {

    /** Accepts no further connections. */
    void closeStream() {
        stream.close().awaitUninterruptibly();
    }

    /** Closes the sockets; open connections go on. */
    void close() {
        closeStream();
        datagrams.forEach(Runnable::run);
    }
}
