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
import nat64.translator.session.SessionView;
import nat64.translator.translate.Fragmentation;
import nat64.translator.translate.Ipv4ToIpv6;
import nat64.translator.translate.Ipv6ToIpv4;
import nat64.translator.translate.MssClamp;

/** A stateless translator: a SIIT (RFC 7915, RFC 7757), or the CLAT of 464XLAT (RFC 6877), which is one, too. */
public final class Siit implements Mode {

    private final Pipeline pipeline;

    /** All memory comes from the arena, which must outlive this object. */
    public Siit(Arena arena, SiitSettings settings, PacketPort port, RandomGenerator random) {
        var translation = settings.translation();
        var mapping = new StatelessMapping(new EamTable(settings.eams()), settings.pref64s());
        var rules = new StatelessRules(settings, mapping);
        var parser = new PacketParser();
        var icmpSources = new IcmpSources(settings.icmpSources(), random);
        var ipv6Path = new StatelessIpv6Path(rules, icmpSources, new Ipv6ToIpv4(random.nextInt(), translation));
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
                new IcmpErrors(
                        arena,
                        settings.ownAddress(),
                        translation.mtus(),
                        new IcmpErrorBudget(settings.icmpErrorsPerSecond(), random.nextLong())));
    }

    @Override
    public void process(Packet packet, long now) {
        pipeline.process(packet, now);
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
