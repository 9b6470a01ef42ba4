// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * What a signal makes the gateway do. By default these signals end the process; {@link #close} puts that back.
 */
final class SignalAction implements AutoCloseable {

    /** Does the same as {@code nat64 reload}, as operators expect of a daemon. */
    static final String RELOAD = "HUP";

    /** Ends the gateway and leaves the host as it is for the next one, which is about to start. */
    static final String HAND_OVER = "USR1";

    private static final Logger LOG = LoggerFactory.getLogger("nat64");

    private final Signal signal;
    private final SignalHandler before;

    private SignalAction(Signal signal, SignalHandler before) {
        this.signal = signal;
        this.before = before;
    }

    /** Runs the action on a thread of the JVM at each signal, until closed. What it throws is logged. */
    static SignalAction on(String name, Runnable action) {
        var signal = new Signal(name);
        return new SignalAction(signal, Signal.handle(signal, _ -> {
            try {
                action.run();
            } catch (RuntimeException e) {
                LOG.error("What SIG{} asks for has failed", name, e);
            }
        }));
    }

    @Override
    public void close() {
        Signal.handle(signal, before);
    }
}
