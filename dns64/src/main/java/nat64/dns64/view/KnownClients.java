// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.view;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers of some clients that they are served and which view they have, so that most datagrams need no look at the
 * prefixes. For one thread.
 */
public final class KnownClients {

    private static final int PLACES = 1024;

    private final Predicate<InetAddress> served;
    private final Supplier<ViewTable> views;
    private final @Nullable InetAddress[] known = new InetAddress[PLACES];
    private final @Nullable ActiveView[] viewOf = new ActiveView[PLACES];
    private ViewTable table;

    /**
     * @param views asked each time; when it gives another table, all is forgotten
     */
    public KnownClients(Predicate<InetAddress> served, Supplier<ViewTable> views) {
        this.served = served;
        this.views = views;
        this.table = views.get();
    }

    /** The view of a client that is served, or null. */
    @Nullable
    public ActiveView view(InetAddress client) {
        var now = views.get();
        if (now != table) {
            Arrays.fill(known, null);
            table = now;
        }
        int hash = client.hashCode();
        int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
        if (client.equals(known[place])) {
            return viewOf[place];
        }
        if (!served.test(client)) {
            return null;
        }
        known[place] = client;
        viewOf[place] = now.of(client);
        return viewOf[place];
    }
}
