// SPDX-License-Identifier: Apache-2.0
package nat64.translator;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import nat64.translator.packet.Counters;
import nat64.translator.packet.Counters.Forwarded;
import nat64.translator.packet.DropReason;
import nat64.translator.pipeline.Egress.OwnPacket;
import nat64.translator.pipeline.Pipeline;
import nat64.translator.session.record.TableCounts;
import nat64.translator.session.table.Protocol;

/**
 * What a translator has done since its start, and what it holds now. Counts only grow; they are read one by one while
 * packets flow, so sums may be off by the packets of that moment.
 *
 * @param fromIpv6 packets that came from the IPv6 side
 * @param fromIpv4 packets that came from the IPv4 side
 * @param icmpErrorsSent ICMP errors of the translator's own, to either side
 * @param probesSent segments that ask an IPv6 host whether its idle TCP connection still exists
 * @param tables the BIB and session table of each protocol
 * @param icmpErrorsRefused ICMP errors, and TCP resets, that were not sent because of the limits on them
 * @param lostEvents changes of sessions and bindings that a ring for other threads had no room for
 * @param batches how long the batches of each worker took, in the order of workers
 */
public record TranslatorStatistics(
        Traffic fromIpv6,
        Traffic fromIpv4,
        long icmpErrorsSent,
        long probesSent,
        Map<Protocol, TableCounts> tables,
        long icmpErrorsRefused,
        long lostEvents,
        List<BatchTimes.Counts> batches) {

    /** Without workers. */
    public TranslatorStatistics(
            Traffic fromIpv6,
            Traffic fromIpv4,
            long icmpErrorsSent,
            long probesSent,
            Map<Protocol, TableCounts> tables) {
        this(fromIpv6, fromIpv4, icmpErrorsSent, probesSent, tables, 0, 0, List.of());
    }

    static TranslatorStatistics of(Pipeline<?> pipeline, Map<Protocol, TableCounts> tables) {
        return new TranslatorStatistics(
                Traffic.of(pipeline.fromIpv6()),
                Traffic.of(pipeline.fromIpv4()),
                pipeline.egress().sent(OwnPacket.ICMP_ERROR),
                pipeline.egress().sent(OwnPacket.PROBE),
                tables);
    }

    /** With what all workers share. */
    TranslatorStatistics withShared(long refused, long lost) {
        return new TranslatorStatistics(fromIpv6, fromIpv4, icmpErrorsSent, probesSent, tables, refused, lost, batches);
    }

    TranslatorStatistics withBatches(List<BatchTimes.Counts> ofWorkers) {
        return new TranslatorStatistics(
                fromIpv6,
                fromIpv4,
                icmpErrorsSent,
                probesSent,
                tables,
                icmpErrorsRefused,
                lostEvents,
                List.copyOf(ofWorkers));
    }

    /** With what another worker has done on the same tables. */
    TranslatorStatistics plus(TranslatorStatistics other) {
        return new TranslatorStatistics(
                fromIpv6.plus(other.fromIpv6),
                fromIpv4.plus(other.fromIpv4),
                icmpErrorsSent + other.icmpErrorsSent,
                probesSent + other.probesSent,
                tables,
                icmpErrorsRefused,
                lostEvents,
                batches);
    }

    /**
     * What came from one side.
     *
     * @param packets translated and handed to the device; a super-packet of segmentation offload counts as the packets
     *     that it becomes on the wire
     * @param octets of these packets as they came in, IP headers included
     * @param dropped those that went no further, by reason; every reason but NONE is there
     * @param forwarded the packets and octets by protocol and path
     */
    public record Traffic(long packets, long octets, Map<DropReason, Long> dropped, List<Forwarded> forwarded) {

        /** Without protocols and paths. */
        public Traffic(long packets, long octets, Map<DropReason, Long> dropped) {
            this(packets, octets, dropped, List.of());
        }

        private static Traffic of(Counters counters) {
            return of(counters.forwarded(), counters.dropped());
        }

        private static Traffic of(List<Forwarded> forwarded, Map<DropReason, Long> dropped) {
            long packets = forwarded.stream().mapToLong(Forwarded::packets).sum();
            long octets = forwarded.stream().mapToLong(Forwarded::octets).sum();
            return new Traffic(packets, octets, dropped, forwarded);
        }

        private Traffic plus(Traffic other) {
            var sum = new EnumMap<DropReason, Long>(dropped);
            other.dropped.forEach((reason, packets) -> sum.merge(reason, packets, Long::sum));
            return of(
                    IntStream.range(0, forwarded.size())
                            .mapToObj(i -> forwarded.get(i).plus(other.forwarded.get(i)))
                            .toList(),
                    sum);
        }
    }
}
