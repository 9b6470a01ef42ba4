// SPDX-License-Identifier: Apache-2.0
package nat64.translator.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import nat64.translator.packet.Counters.Forwarded;
import nat64.translator.wire.IpProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CountersTest {

    private static final int ROUNDS = 2_000_000;

    /** So large that the sum soon has more than 32 bits: a torn read would show half of it. */
    private static final int BYTES = Integer.MAX_VALUE;

    @Test
    void countsEveryReasonExceptNone() {
        var counters = new Counters();
        counters.dropped(DropReason.TOO_BIG);
        counters.dropped(DropReason.TOO_BIG, 2);
        assertThat(counters.dropped())
                .hasSize(DropReason.ALL.size() - 1)
                .containsEntry(DropReason.TOO_BIG, 3L)
                .containsEntry(DropReason.MALFORMED, 0L)
                .doesNotContainKey(DropReason.NONE);
    }

    @Test
    void countsEachProtocolOnEachPathApart() {
        var counters = new Counters();
        counters.forwarded(IpProtocol.ICMPV6, false, 1, 10);
        counters.forwarded(IpProtocol.ICMPV4, false, 2, 20);
        counters.forwarded(IpProtocol.TCP, true, 3, 300);
        counters.forwarded(47, false, 1, 400); // GRE

        assertThat(counters.forwarded())
                .hasSize(8)
                .contains(
                        new Forwarded(TransportClass.ICMP, ForwardingPath.TRANSLATED, 3, 30),
                        new Forwarded(TransportClass.TCP, ForwardingPath.HAIRPINNED, 3, 300),
                        new Forwarded(TransportClass.TCP, ForwardingPath.TRANSLATED, 0, 0),
                        new Forwarded(TransportClass.OTHER, ForwardingPath.TRANSLATED, 1, 400));
    }

    @Test
    void readersSeeWholeNumbersThatOnlyGrow() {
        var counters = new Counters();
        var writer = CompletableFuture.runAsync(
                () -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        counters.forwarded(IpProtocol.UDP, false, 1, BYTES);
                        counters.dropped(DropReason.NO_BINDING);
                    }
                },
                task -> new Thread(task).start());
        long packets = 0;
        long octets = 0;
        while (!writer.isDone()) {
            var now = udp(counters);
            long newPackets = now.packets();
            long newOctets = now.octets();
            assertThat(newPackets).isBetween(packets, (long) ROUNDS);
            assertThat(newOctets % BYTES).isZero();
            assertThat(newOctets).isGreaterThanOrEqualTo(octets);
            packets = newPackets;
            octets = newOctets;
        }
        writer.join();
        assertThat(udp(counters).packets()).isEqualTo(ROUNDS);
        assertThat(udp(counters).octets()).isEqualTo((long) ROUNDS * BYTES);
        assertThat(counters.dropped()).containsEntry(DropReason.NO_BINDING, (long) ROUNDS);
    }

    private static Forwarded udp(Counters counters) {
        return counters.forwarded().stream()
                .filter(forwarded -> forwarded.protocol() == TransportClass.UDP)
                .findFirst()
                .orElseThrow();
    }
}
