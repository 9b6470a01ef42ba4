// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;

/** The end of what a client sends: half of a connection is closed, and the other half still carries responses. */
final class InputEnd {

    private InputEnd() {}

    /** Whether an event of a Netty pipeline says so: the end of TCP (FIN), or of TLS (close_notify). */
    static boolean isSaidBy(Object event) {
        return event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent;
    }
}
