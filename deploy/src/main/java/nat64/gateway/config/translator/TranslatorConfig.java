// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import java.util.List;
import nat64.translator.session.FragmentLimits;
import nat64.translator.session.Lifetimes;
import nat64.translator.session.Pool4Range;
import nat64.translator.session.StatePolicy;

/**
 * The translating half.
 *
 * @param masquerade whether pool4 hides behind the host's own IPv4 address
 * @param maxSessions sessions per protocol
 * @param workers threads that translate, or {@link #AUTO}
 * @param pinWorkers whether each worker is bound to a processor
 * @param state what is let in from the IPv4 side
 * @param fragments what is done for fragments
 * @param setUpHost whether the gateway sets addresses, routes, forwarding and nftables, and takes them down again
 * @param stateless counts in the stateless modes alone, as pool4, masquerade, sessions and lifetimes do in the other
 */
public record TranslatorConfig(
        List<Pool4Range> pool4,
        boolean masquerade,
        int maxSessions,
        int workers,
        boolean pinWorkers,
        TranslationConfig translation,
        Lifetimes lifetimes,
        StatePolicy state,
        FragmentLimits fragments,
        DeviceConfig device,
        boolean setUpHost,
        TranslatorMode mode,
        StatelessConfig stateless) {

    /** As many workers as this process may use processors, up to {@link #MOST_AUTOMATIC}. */
    public static final int AUTO = 0;

    /** Beyond, workers that nobody has asked for would rather wait for each other. */
    private static final int MOST_AUTOMATIC = 8;

    /** The number of workers, where the process may use so many processors. */
    public int workers(int processors) {
        return workers == AUTO ? Math.min(processors, MOST_AUTOMATIC) : workers;
    }

    public TranslatorConfig {
        pool4 = List.copyOf(pool4);
    }
}
