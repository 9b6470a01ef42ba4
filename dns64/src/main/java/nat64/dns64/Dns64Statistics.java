// SPDX-License-Identifier: Apache-2.0
package nat64.dns64;

import java.util.Map;
import java.util.Optional;
import nat64.dns64.settings.UpstreamServer;
import nat64.dns64.statistics.AnswerGroup;
import nat64.dns64.statistics.CertificateState;
import nat64.dns64.statistics.DropReason;
import nat64.dns64.statistics.Durations;
import nat64.dns64.statistics.SecurityStatus;
import nat64.dns64.statistics.Transport;
import nat64.dns64.statistics.UpstreamStatistics;
import nat64.translator.address.Pref64;

/**
 * What a DNS64 has done since its start, and what it holds now. Counts only grow; they are read one by one while
 * queries flow, so sums may be off by the queries of that moment.
 *
 * @param queries messages received, by transport; all transports are there
 * @param answers messages sent, by RCODE, reason and view; only combinations that occurred
 * @param dropped messages and connections without an answer, by reason; all reasons are there
 * @param durations from a query to its answer, of those that took more than a look at what was ready
 * @param cache answers of upstreams that are kept
 * @param ready answers that are kept ready to be sent
 * @param questions that upstreams were spared
 * @param upstreams in the order of the settings
 * @param prefixes whether each Pref64 works that is watched
 * @param unlogged queries that were to be logged and were not, because the log did not keep up
 * @param inFlight queries that are being answered now
 * @param connections TCP connections open now, encrypted ones included
 * @param certificate of the encrypted transports, if there are any
 * @param statuses answers of upstreams whose signatures were checked, by what was found; empty if none are
 */
public record Dns64Statistics(
        Map<Transport, Long> queries,
        Map<AnswerGroup, Long> answers,
        Map<DropReason, Long> dropped,
        Durations.Counts durations,
        Cache cache,
        Cache ready,
        Spared questions,
        Map<UpstreamServer, UpstreamStatistics> upstreams,
        Map<Pref64, Boolean> prefixes,
        long unlogged,
        int inFlight,
        int connections,
        Optional<CertificateState> certificate,
        Map<SecurityStatus, Long> statuses) {

    /**
     * A cache.
     *
     * @param entries now
     * @param bytes in use now, by estimate
     * @param hits questions that it knew the answer to
     * @param misses questions that it did not
     * @param evictions answers that went before their time was up, because others needed the room
     */
    public record Cache(int entries, long bytes, long hits, long misses, long evictions) {}

    /**
     * Questions that upstreams were spared.
     *
     * @param joined because the same one was under way
     * @param failed because it had failed shortly before (RFC 9520)
     */
    public record Spared(long joined, long failed) {}
}
