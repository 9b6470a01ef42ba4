// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator.log;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * A server that takes records.
 *
 * @param host its address, or a name that is looked up when it is connected to
 * @param name what its certificate must have; the host, unless another was given
 */
public record LogServer(Transport transport, String host, int port, String name) {

    /** How records get there. */
    public enum Transport {
        UDP,
        TCP,
        TLS
    }

    /**
     * Its address now. May ask the DNS, and wait for it.
     *
     * @throws UnknownHostException if the name has none
     */
    public InetSocketAddress resolve() throws UnknownHostException {
        var address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException("the name " + host + " has no address");
        }
        return address;
    }

    @Override
    public String toString() {
        return transport.name().toLowerCase(Locale.ROOT) + "://" + (host.indexOf(':') < 0 ? host : "[" + host + "]")
                + ":" + port + (name.equals(host) ? "" : "#" + name);
    }
}
