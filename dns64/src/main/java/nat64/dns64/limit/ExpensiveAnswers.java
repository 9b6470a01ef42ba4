// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.limit;

import java.net.InetAddress;
import java.util.function.LongSupplier;

/**
 * How many large answers the clients of one network may have made. Reading, storing and writing an answer takes
 * processor time for each record; ordinary answers are free, and the records of larger ones are counted. Clients that
 * are proven to be where they seem to be are counted apart, so that a forger of source addresses uses up nothing of
 * theirs. No lock, no waiting. Safe for many threads.
 */
public final class ExpensiveAnswers {

    /** Records of an answer that count for nothing: nearly all answers have fewer. */
    public static final int FREE_RECORDS = 32;

    /** Records a second to one network: at 10 microseconds each, two hundredths of a processor. */
    static final int RECORDS_PER_SECOND = 2000;

    /** Records that may come at once. */
    static final int BURST = 8000;

    private final ClientNetworks networks;
    private final RateTable ofProven;
    private final RateTable ofOthers;

    /**
     * @param seed a secret
     * @param nanoTime a clock like {@link System#nanoTime()}
     */
    public ExpensiveAnswers(ClientNetworks networks, long seed, LongSupplier nanoTime) {
        this.networks = networks;
        this.ofProven = new RateTable(RECORDS_PER_SECOND, BURST, seed, nanoTime);
        this.ofOthers = new RateTable(RECORDS_PER_SECOND, BURST, ~seed, nanoTime);
    }

    /** Whether the network of the client has used up what it may have. */
    public boolean areSpentBy(InetAddress client, boolean isProven) {
        return !records(isProven).has(networks.of(client));
    }

    /** Counts an answer with so many records. */
    public void count(InetAddress client, boolean isProven, int answered) {
        if (answered > FREE_RECORDS) {
            records(isProven).charge(networks.of(client), answered - FREE_RECORDS);
        }
    }

    private RateTable records(boolean isProven) {
        return isProven ? ofProven : ofOthers;
    }
}
