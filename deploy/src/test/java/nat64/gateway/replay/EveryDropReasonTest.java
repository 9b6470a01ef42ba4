// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import nat64.translator.PacketTranslator;
import nat64.translator.TranslatorStatistics;
import nat64.translator.device.MemoryPort;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketPort;
import nat64.translator.packet.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code nat64 explain} says about a packet is what the counters of a live worker say, for every drop reason. */
class EveryDropReasonTest {

    private static final long SEED = 6146;

    /** What the live path did with the last packet of a scenario. */
    private record Live(List<DropReason> dropped, List<String> sent) {}

    @Test
    void noReasonIsLeftOut() {
        assertThat(DropScenario.all().keySet()).isEqualTo(EnumSet.complementOf(EnumSet.of(DropReason.NONE)));
    }

    @ParameterizedTest
    @EnumSource(value = DropReason.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void explainAgreesWithTheCounters(DropReason reason) {
        var scenario = Objects.requireNonNull(DropScenario.all().get(reason));

        var live = live(scenario, port(reason));
        var explanation = explain(scenario, port(reason));

        assertThat(live.dropped).containsExactly(reason);
        assertThat(explanation.verdict()).isEqualTo("dropped");
        assertThat(explanation.reason()).isEqualTo(reason.label());
        assertThat(explanation.rule()).isEqualTo(reason.citation());
        assertThat(explanation.counter()).contains("reason=\"" + reason.label() + "\"");
        assertThat(explanation.sent()).isEqualTo(live.sent);
        var last = explanation.steps().getLast();
        assertThat(reason.steps()).extracting(Step::label).contains(last.step());
        assertThat(last.finding()).endsWith("dropped: " + reason.sentence());
    }

    private static Live live(DropScenario scenario, UnaryOperator<PacketPort> wrap) {
        try (var arena = Arena.ofConfined()) {
            var port = new MemoryPort();
            var packet = new Packet(arena);
            var translator =
                    PacketTranslator.of(arena, scenario.settings(), wrap.apply(port), new SplittableRandom(SEED));
            for (var octets : scenario.before()) {
                process(translator, port, packet, octets);
            }
            var before = translator.statistics();
            port.drain();
            process(translator, port, packet, scenario.packet());
            var sent = port.drain().stream().map(octets -> PacketView.of(octets).describe());
            return new Live(newDrops(before, translator.statistics()), sent.toList());
        }
    }

    private static void process(PacketTranslator translator, MemoryPort port, Packet packet, byte[] octets) {
        port.offer(octets);
        port.receive(packet);
        translator.process(packet, 1_000);
    }

    private static List<DropReason> newDrops(TranslatorStatistics before, TranslatorStatistics after) {
        return DropReason.ALL.stream()
                .filter(reason -> drops(after, reason) > drops(before, reason))
                .toList();
    }

    private static long drops(TranslatorStatistics statistics, DropReason reason) {
        return statistics.fromIpv6().dropped().getOrDefault(reason, 0L)
                + statistics.fromIpv4().dropped().getOrDefault(reason, 0L);
    }

    private static Explanation explain(DropScenario scenario, UnaryOperator<PacketPort> wrap) {
        try (var explainer = new Explainer(new Replay(scenario.settings(), SEED, wrap))) {
            scenario.before().forEach(explainer::explain);
            return explainer.explain(scenario.packet());
        }
    }

    /** The two reasons that no packet brings about need a port that does. */
    private static UnaryOperator<PacketPort> port(DropReason reason) {
        return switch (reason) {
            case DEVICE_REFUSED -> port -> new FaultyPort(port, () -> false);
            case INTERNAL_ERROR ->
                port -> new FaultyPort(port, () -> {
                    throw new IllegalStateException("a defect, as far as the translator can tell");
                });
            default -> port -> port;
        };
    }
}
