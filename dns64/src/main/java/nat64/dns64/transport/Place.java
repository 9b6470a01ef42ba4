// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;

/** A place where clients come to. Port 0 stands for one that the kernel chooses. */
public record Place(Kind kind, InetSocketAddress address) {

    /** What is spoken there. */
    public enum Kind {
        /** UDP and TCP. */
        PLAIN("UDP and TCP"),
        TLS("TLS"),
        HTTPS("HTTPS");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    /** Such as {@code 192.0.2.1:853 over TLS}. */
    @Override
    public String toString() {
        return NetUtil.toSocketAddressString(address) + " over " + kind.label;
    }
}
