// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.server;

import java.net.InetAddress;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Remembers of some clients that they are served, so that most datagrams need no look at the prefixes. For one thread. */
final class KnownClients {

    private static final int PLACES = 1024;

    private final Predicate<InetAddress> served;
    private final @Nullable InetAddress[] known = new InetAddress[PLACES];

    KnownClients(Predicate<InetAddress> served) {
        this.served = served;
    }

    boolean serves(InetAddress client) {
        int hash = client.hashCode();
        int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
        if (client.equals(known[place])) {
            return true;
        }
        if (!served.test(client)) {
            return false;
        }
        known[place] = client;
        return true;
    }
}
