// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * SIGHUP does the same as {@code nat64 reload}, as operators expect of a daemon. The JVM has a default handler that
 * ends the process; {@link #close} puts it back.
 */
final class ReloadSignal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("nat64");
    private static final Signal HANGUP = new Signal("HUP");

    private final SignalHandler before;

    private ReloadSignal(SignalHandler before) {
        this.before = before;
    }

    /** Runs the action on a thread of the JVM at each SIGHUP, until closed. What it throws is logged. */
    static ReloadSignal on(Runnable reload) {
        return new ReloadSignal(Signal.handle(HANGUP, _ -> {
            try {
                reload.run();
            } catch (RuntimeException e) {
                LOG.error("The reload after SIGHUP failed", e);
            }
        }));
    }

    @Override
    public void close() {
        Signal.handle(HANGUP, before);
    }
}
