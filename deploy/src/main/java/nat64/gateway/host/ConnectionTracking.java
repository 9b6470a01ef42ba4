// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import java.util.List;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;
import nat64.translator.address.Ipv4Prefix;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kernel's table of connections. */
final class ConnectionTracking {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionTracking.class);

    private ConnectionTracking() {}

    /**
     * Forgets connections of these prefixes that began while nothing masqueraded them: the kernel looks at its rules
     * for the first packet of a connection only, so it would never masquerade them.
     */
    static void forgetUntranslated(List<Ipv4Prefix> prefixes) throws HostException {
        if (Commands.locate("conntrack").isEmpty()) {
            LOG.warn(
                    "the command conntrack is missing, so connections that began meanwhile fail until they are idle for"
                            + " some minutes: install the package conntrack");
            return;
        }
        for (var prefix : prefixes) { // it fails if there are none
            Commands.attempt(List.of("conntrack", "-D", "--reply-dst", prefix.toString()), Commands.TIMEOUT);
        }
    }
}
