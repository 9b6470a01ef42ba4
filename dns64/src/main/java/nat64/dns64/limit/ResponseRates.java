// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.limit;

import java.net.InetAddress;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many responses a second go over UDP to one network, so that a forger of source addresses can't have a victim
 * flooded. The flood uses up the rate of the victim's network; its clients are sent to TCP then, and each that has
 * asked over TCP has a rate of its own, which a forger can't use up without knowing its address. No lock, no waiting.
 * Safe for many threads.
 */
public final class ResponseRates {

    /** The share of a network's rate that a proven client has beside it. */
    static final int SHARE_OF_CLIENT = 8;

    private final ClientNetworks networks;
    private final @Nullable RateTable perNetwork;
    private final @Nullable RateTable perClient;
    private final ProvenClients proven;

    /**
     * Takes the rate.
     *
     * @param perSecond responses to one network, all of which may go at once; 0 is no limit
     * @param seed a secret
     * @param nanoTime a clock like {@link System#nanoTime()}
     */
    public ResponseRates(int perSecond, ClientNetworks networks, long seed, LongSupplier nanoTime) {
        this.networks = networks;
        this.perNetwork = perSecond == 0 ? null : new RateTable(perSecond, perSecond, seed, nanoTime);
        int ofClient = Math.max(1, perSecond / SHARE_OF_CLIENT);
        this.perClient = perSecond == 0 ? null : new RateTable(ofClient, ofClient, ~seed, nanoTime);
        this.proven = new ProvenClients(seed, nanoTime);
    }

    /** Counts a response to the client; false if it is one too many. This host itself may have any number. */
    public boolean admits(InetAddress client) {
        return perNetwork == null
                || perClient == null
                || client.isLoopbackAddress()
                || perNetwork.take(networks.of(client))
                || (proven.contains(client) && perClient.take(ClientNetworks.ofAddress(client)));
    }

    /** The client has asked over a connection. */
    public void proves(InetAddress client) {
        if (perNetwork != null) {
            proven.add(client);
        }
    }
}
