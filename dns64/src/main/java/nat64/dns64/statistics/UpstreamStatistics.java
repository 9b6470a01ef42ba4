// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.statistics;

/**
 * What became of the questions to one upstream. Counts only grow.
 *
 * @param queries asked
 * @param failures of those, ended in an error of the server or of the network
 * @param timeouts of those, got no answer in time
 * @param mismatches messages that answer no question, forged ones among them; they were ignored
 * @param overTcp questions that went on over TCP
 * @param connections opened, over TCP, TLS or HTTPS
 * @param durations from question to answer, errors included
 * @param roundTripSeconds from question to answer, smoothed; 0 if nothing is known
 * @param reliable whether it is asked before those that stay silent or fail
 * @param synthesizes whether it makes AAAA records itself, as another DNS64 does
 */
public record UpstreamStatistics(
        long queries,
        long failures,
        long timeouts,
        long mismatches,
        long overTcp,
        long connections,
        Durations.Counts durations,
        double roundTripSeconds,
        boolean reliable,
        boolean synthesizes) {}
