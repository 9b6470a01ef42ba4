// SPDX-License-Identifier: Apache-2.0
package nat64.translator;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketParser;
import nat64.translator.packet.PacketPort;
import nat64.translator.pipeline.Egress;
import nat64.translator.pipeline.Hairpin;
import nat64.translator.pipeline.IcmpErrorBudget;
import nat64.translator.pipeline.IcmpErrors;
import nat64.translator.pipeline.Paths;
import nat64.translator.pipeline.Pipeline;
import nat64.translator.pipeline.TableLock;
import nat64.translator.pipeline.stateless.IcmpSources;
import nat64.translator.pipeline.stateless.StatelessIpv4Path;
import nat64.translator.pipeline.stateless.StatelessIpv6Path;
import nat64.translator.pipeline.stateless.StatelessRules;
import nat64.translator.session.fragment.FirstFragments;
import nat64.translator.translate.Identifications;
import nat64.translator.translate.Ipv4ToIpv6;
import nat64.translator.translate.Ipv6ToIpv4;

/**
 * A stateless translator: a SIIT (RFC 7915, RFC 7757), or the CLAT of 464XLAT (RFC 6877), which is one, too; or one
 * worker's part of it.
 */
public final class Siit implements PacketTranslator {

    private final Shared shared;
    private final Pipeline<StatelessRules> pipeline;

    /** What the workers have in common: nothing that an ordinary packet has to wait for. */
    private static final class Shared {

        private final IcmpSources icmpSources;
        private final Identifications identifications;
        private final IcmpErrorBudget icmpErrors;
        private final long fragmentSecret;
        private volatile StatelessRules rules;

        Shared(StatelessRules rules, TableLock lock, RandomGenerator random) {
            this.rules = rules;
            icmpSources = new IcmpSources(random.nextLong());
            identifications = new Identifications(random.nextInt(), lock.isShared());
            icmpErrors = new IcmpErrorBudget(lock, random.nextLong());
            fragmentSecret = random.nextLong();
        }
    }

    private Siit(Arena arena, PacketPort port, Shared shared) {
        this.shared = shared;
        var parser = new PacketParser();
        var ipv4Path = new StatelessIpv4Path(new Ipv4ToIpv6());
        var hairpin = new Hairpin(arena, parser, "both hosts have a mapping (RFC 7757, section 4.2.2)");
        var ipv6Path =
                new StatelessIpv6Path(shared.icmpSources, new Ipv6ToIpv4(shared.identifications), hairpin, ipv4Path);
        var egress = new Egress(arena, port);
        pipeline = new Pipeline<>(
                parser,
                new Paths<>(ipv6Path, ipv4Path),
                new FirstFragments(shared.fragmentSecret),
                egress,
                new IcmpErrors(arena, shared.icmpErrors, egress));
    }

    /** One for each port, for a thread each. */
    static List<Siit> several(
            Arena arena, SiitSettings settings, List<? extends PacketPort> ports, RandomGenerator random) {
        var shared = new Shared(settings.rules(), new TableLock(ports.size() > 1), random);
        return ports.stream().map(port -> new Siit(arena, port, shared)).toList();
    }

    @Override
    public void process(Packet packet, long now) {
        pipeline.process(packet, shared.rules, now);
    }

    @Override
    public void process(Packet[] packets, int count, long now) {
        var rules = shared.rules;
        for (int i = 0; i < count; i++) {
            pipeline.process(packets[i], rules, now);
        }
    }

    @Override
    public void flush() {
        pipeline.flush();
    }

    /** There are no sessions that could end. */
    @Override
    public boolean expire(long now) {
        return false;
    }

    @Override
    public TranslatorStatistics statistics() {
        return TranslatorStatistics.of(pipeline, Map.of()).withShared(shared.icmpErrors.refused(), 0);
    }

    /** Everything can be changed, in one step. */
    @Override
    public SettingsChange reconfigure(PacketTranslatorSettings settings) {
        if (!(settings instanceof SiitSettings stateless)) {
            throw new IllegalArgumentException("translator.mode: a stateless translator becomes stateful by a restart");
        }
        var rules = stateless.rules();
        return _ -> {
            shared.rules = rules;
            return false;
        };
    }
}
