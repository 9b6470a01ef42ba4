// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nat64.gateway.e2e.Beds;
import nat64.gateway.e2e.NeedsBed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients have the DNS64 keep as much in memory as they can. */
@ExtendWith(NeedsBed.class)
@Tag("R-137")
class MemoryIT {

    private static final Duration ATTACK = Duration.ofSeconds(15);
    private static final int NAMES = 40_000;
    private static final long MOST_GROWTH = 150; // MiB; what garbage comes before the next collection is in it

    @Test
    void largeQueriesForSilentNamesTakeLittleMemory() throws Exception {
        try (var bed = DnsAttackBed.build("", "")) {
            var others = bed.askingOver("tcp", "480 connections with queries of 65 kB for silent names");
            others.succeed("before");
            long before = bed.residentMebibytes();
            var attack = Attacker.start(
                    bed.hosts().client(),
                    new Attacker.Load(Attacker.Kind.LARGE_QUERIES, bed.sourcesOfManyNetworks(20), 480, ATTACK),
                    DnsAttackBed.DNS,
                    53);
            others.succeed("during");
            long during = bed.residentMebibytes();
            attack.waitFor();
            others.succeed("after");
            others.print();
            System.out.printf("attack: %d MiB resident before, %d MiB during%n", before, during);

            assertThat(during - before).isLessThan(MOST_GROWTH);
        }
    }

    /** A cache that is larger than the heap: each answer that is kept brings the end nearer. */
    @Test
    void theTranslatorGoesOnWhenTheDns64HasUsedUpTheHeap() throws Exception {
        try (var bed = DnsAttackBed.build("  cache-size: 1Gi\n  udp-responses-per-second: 0\n", "-Xmx56m")) {
            var others = new Others(
                    "the heap is full",
                    bed.hosts().client(),
                    "ping -c 1 -W 5 64:ff9b::192.52.193.2 | grep -q ' 0% packet loss'");
            others.succeed("before");
            var names = IntStream.range(0, NAMES)
                    .mapToObj(i -> "n" + i + ".fill.example.net A\n")
                    .collect(Collectors.joining());
            var file = Files.writeString(bed.hosts().directory().resolve("names"), names);
            Beds.run(
                    bed.hosts().client(),
                    "timeout 120 dnsperf -s %s -d %s -n 1 -q 500 > /dev/null 2>&1 &".formatted(DnsAttackBed.DNS, file));
            others.succeed("during");
            Beds.run(
                    bed.hosts().gateway(),
                    "timeout 200 bash -c 'until grep -q \"restarted the DNS64\" %s; do sleep 0.2; done'"
                            .formatted(bed.hosts().directory().resolve("gateway.log")));
            others.succeed("restarted");
            others.print();
            var answers = bed.askingOver("tcp", "the DNS64 after its restart");
            answers.succeed("after");
            answers.print();
        }
    }
}
