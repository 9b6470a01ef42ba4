// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import java.util.List;
import nat64.gateway.config.GatewayConfig;

/**
 * A part of the gateway with a life of its own. {@link Gateway} starts the parts in order and closes them in reverse
 * order, from one thread; it calls {@link #close} also after a failed {@link #start}.
 */
interface Part extends AutoCloseable {

    /**
     * Starts the part.
     *
     * @throws Exception if it can't; the message says what to do about it
     */
    void start() throws Exception;

    /**
     * Applies a new configuration while the part runs. One reload at a time.
     *
     * @param next without any {@code auto}; it differs from the running configuration only in keys that can be reloaded
     * @throws IllegalArgumentException if the part can't apply it; the part goes on as before
     */
    void reconfigure(GatewayConfig next);

    /** Why the part does not serve its clients yet, a sentence each; empty if it is ready. Any thread may ask. */
    List<String> missing();

    /** What of the part is stuck and needs a restart, a sentence each; empty if nothing is. Any thread may ask. */
    default List<String> stuck() {
        return List.of();
    }

    /**
     * Has a {@link #start} that is going on end soon, with an exception; {@link #close} follows as always. Any thread
     * may call it.
     */
    default void stopStarting() {}

    /** Stops the part and reverts what it has changed. Logs what fails. */
    @Override
    void close();
}
