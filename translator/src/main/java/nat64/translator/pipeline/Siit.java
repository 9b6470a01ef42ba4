// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import nat64.translator.address.EamTable;
import nat64.translator.address.StatelessMapping;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketParser;
import nat64.translator.packet.PacketPort;
import nat64.translator.pipeline.SiitSettings.EamHairpinning;
import nat64.translator.session.record.SessionView;
import nat64.translator.translate.Fragmentation;
import nat64.translator.translate.Identifications;
import nat64.translator.translate.Ipv4ToIpv6;
import nat64.translator.translate.Ipv6ToIpv4;
import nat64.translator.translate.MssClamp;

/**
 * A stateless translator: a SIIT (RFC 7915, RFC 7757), or the CLAT of 464XLAT (RFC 6877), which is one,
 * too; or one worker's part of it.
 */
public final class Siit implements PacketTranslator {

    private final Pipeline pipeline;

    /** What the workers have in common: nothing that an ordinary packet has to wait for. */
    private record Shared(
            StatelessRules rules,
            IcmpSources icmpSources,
            Identifications identifications,
            IcmpErrorBudget icmpErrors) {

        static Shared of(SiitSettings settings, TableLock lock, RandomGenerator random) {
            var mapping = new StatelessMapping(new EamTable(settings.eams()), settings.pref64s());
            return new Shared(
                    new StatelessRules(settings, mapping),
                    new IcmpSources(lock, settings.icmpSources(), random),
                    new Identifications(random.nextInt(), lock.isShared()),
                    new IcmpErrorBudget(lock, settings.icmpErrorsPerSecond(), random.nextLong()));
        }
    }

    /** All memory comes from the arena, which must outlive this object. */
    private Siit(Arena arena, SiitSettings settings, PacketPort port, Shared shared) {
        var translation = settings.translation();
        var rules = shared.rules();
        var parser = new PacketParser();
        var toIpv4 = new Ipv6ToIpv4(shared.identifications(), translation);
        var ipv6Path = new StatelessIpv6Path(rules, shared.icmpSources(), toIpv4);
        var ipv4Path = new StatelessIpv4Path(rules, settings.hairpinning(), new Ipv4ToIpv6(translation));
        boolean intrinsic = settings.hairpinning() == EamHairpinning.INTRINSIC;
        pipeline = new Pipeline(
                port,
                parser,
                intrinsic
                        ? new Hairpinning(parser, ipv6Path, ipv6Path::isForIpv6Host, ipv4Path::translateHairpinned)
                        : ipv6Path,
                ipv4Path,
                new MssClamp(translation),
                new Fragmentation(arena, translation),
                new IcmpErrors(arena, settings.ownAddress(), translation.mtus(), shared.icmpErrors()));
    }

    /** One for each port, for a thread each. */
    static List<PacketTranslator> several(
            Arena arena, SiitSettings settings, List<? extends PacketPort> ports, RandomGenerator random) {
        var shared = Shared.of(settings, new TableLock(ports.size() > 1), random);
        return ports.stream()
                .<PacketTranslator>map(port -> new Siit(arena, settings, port, shared))
                .toList();
    }

    @Override
    public void process(Packet packet, long now) {
        pipeline.process(packet, now);
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
        return new TranslatorStatistics(pipeline.fromIpv6(), pipeline.fromIpv4(), pipeline.icmpErrorsSent(), Map.of());
    }

    /** There are none. */
    @Override
    public List<SessionView> sessions(int most, long now) {
        return List.of();
    }
}
