// SPDX-License-Identifier: Apache-2.0
package nat64.translator;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.random.RandomGenerator;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketParser;
import nat64.translator.packet.PacketPort;
import nat64.translator.pipeline.Egress;
import nat64.translator.pipeline.Hairpin;
import nat64.translator.pipeline.IcmpErrors;
import nat64.translator.pipeline.Paths;
import nat64.translator.pipeline.Pipeline;
import nat64.translator.pipeline.TableLock;
import nat64.translator.pipeline.stateful.Housekeeping;
import nat64.translator.pipeline.stateful.Probes;
import nat64.translator.pipeline.stateful.SessionSteps;
import nat64.translator.pipeline.stateful.StatefulIpv4Path;
import nat64.translator.pipeline.stateful.StatefulIpv6Path;
import nat64.translator.pipeline.stateful.StatefulRules;
import nat64.translator.pipeline.stateful.UnansweredSyns;
import nat64.translator.pipeline.stateful.UnknownTcpReply;
import nat64.translator.session.Ranking;
import nat64.translator.session.SessionPrefetch;
import nat64.translator.session.TableCopy;
import nat64.translator.session.fragment.FirstFragments;
import nat64.translator.session.fragment.Fragments;
import nat64.translator.session.record.Adoption;
import nat64.translator.session.record.HeldPort;
import nat64.translator.session.record.ListedBinding;
import nat64.translator.session.record.ListedBlock;
import nat64.translator.session.record.Occupancy;
import nat64.translator.session.record.Page;
import nat64.translator.session.record.Pool4Record;
import nat64.translator.session.record.RecordFilter;
import nat64.translator.session.record.SessionEvents;
import nat64.translator.session.record.SessionOrder;
import nat64.translator.session.record.SessionRecord;
import nat64.translator.session.record.SessionView;
import nat64.translator.session.record.SubscriberRecord;
import nat64.translator.session.record.TableCounts;
import nat64.translator.session.snapshot.RecordBuffer;
import nat64.translator.session.table.Protocol;
import nat64.translator.translate.Ipv4ToIpv6;
import nat64.translator.translate.Ipv6ToIpv4;

/** A stateful NAT64 (RFC 6146), or one worker's part of it: the tables are those of all workers. */
public final class Nat64 implements StatefulTranslator {

    private final SharedState shared;
    private final SessionSteps steps;
    private final Pipeline<StatefulRules> pipeline;
    private final Housekeeping housekeeping;
    private final SessionPrefetch prefetch;

    private Nat64(Arena arena, PacketPort port, SharedState shared) {
        this.shared = shared;
        var parser = new PacketParser();
        var egress = new Egress(arena, port);
        var icmpErrors = new IcmpErrors(arena, shared.icmpErrors(), egress);
        steps = new SessionSteps(shared.lock(), shared.tables(), new Fragments(shared.fragments()));
        var ipv4Path = new StatefulIpv4Path(steps, new Ipv4ToIpv6());
        var own = new Packet(arena);
        var unknownTcp = new UnknownTcpReply(own, egress, icmpErrors, shared.icmpErrors());
        var hairpin = new Hairpin(arena, parser, "pool4 has the destination (RFC 6146, section 3.8)");
        var toIpv4 = new Ipv6ToIpv4(shared.identifications());
        var ipv6Path = new StatefulIpv6Path(steps, toIpv4, hairpin, ipv4Path, unknownTcp);
        var firstFragments = new FirstFragments(shared.fragmentSecret());
        pipeline = new Pipeline<>(parser, new Paths<>(ipv6Path, ipv4Path), firstFragments, egress, icmpErrors);
        prefetch = new SessionPrefetch(shared.tables(), MOST_AT_ONCE);
        var unansweredSyns = new UnansweredSyns(icmpErrors, ipv4Path);
        housekeeping = new Housekeeping(shared.lock(), shared.tables(), new Probes(own, egress), unansweredSyns, own);
    }

    /** One for each port, for a thread each, with the same tables. */
    static List<Nat64> several(
            Arena arena, TranslatorSettings settings, List<? extends PacketPort> ports, RandomGenerator random) {
        var shared = new SharedState(arena, settings, new TableLock(ports.size() > 1), random);
        return ports.stream().map(port -> new Nat64(arena, port, shared)).toList();
    }

    /** Several where the tables are so large that a prefetch pays: each packet slot costs a little, too. */
    @Override
    public int packetsAtOnce() {
        return shared.tables().exceedsCaches() ? MOST_AT_ONCE : 1;
    }

    /** The sessions of all packets are fetched before the first packet is translated. */
    @Override
    public void process(Packet[] packets, int count, long now) {
        var rules = shared.rules();
        if (count > 1) {
            for (int i = 0; i < count; i++) {
                prefetch.fetchSlot(rules.session(), packets[i]);
            }
            prefetch.fetchRows();
        }
        for (int i = 0; i < count; i++) {
            process(packets[i], rules, now);
        }
    }

    @Override
    public void process(Packet packet, long now) {
        process(packet, shared.rules(), now);
    }

    /** Behind a first fragment go those that waited for it, in the same packet slot. */
    private void process(Packet packet, StatefulRules rules, long now) {
        var drop = pipeline.process(packet, rules, now);
        steps.settle(drop == DropReason.NONE, now);
        while (steps.pollReleased(packet, now)) {
            pipeline.process(packet, rules, now);
        }
    }

    @Override
    public void flush() {
        pipeline.flush();
    }

    /** Ends sessions, answers SYNs that were stored in vain, and probes idle connections. */
    @Override
    public boolean expire(long now) {
        return housekeeping.expire(shared.rules(), now);
    }

    @Override
    public TranslatorStatistics statistics() {
        var tables = new EnumMap<Protocol, TableCounts>(Protocol.class);
        for (var protocol : Protocol.values()) {
            tables.put(protocol, shared.tables().counts(protocol));
        }
        return TranslatorStatistics.of(pipeline, tables)
                .withShared(shared.icmpErrors().refused(), shared.lostEvents());
    }

    @Override
    public List<SessionView> sessions(int most, long now) {
        return shared.locked(now, time -> {
            var views = new ArrayList<SessionView>();
            for (var protocol : Protocol.values()) {
                shared.tables().listSessions(protocol, most - views.size(), time, views);
            }
            return views;
        });
    }

    @Override
    public Page<SessionRecord> sessions(RecordFilter filter, long cursor, int most, long now) {
        return shared.locked(now, time -> shared.tables().sessions(filter, cursor, most, time));
    }

    @Override
    public Ranking rank(RecordFilter filter, SessionOrder order, int most, long now) {
        return shared.tables().rank(filter, order, most, now);
    }

    @Override
    public boolean rank(Ranking ranking, long now) {
        return shared.locked(now, _ -> ranking.step());
    }

    @Override
    public List<SessionRecord> ranked(Ranking ranking, long now) {
        return shared.locked(now, ranking::sessions);
    }

    @Override
    public Page<ListedBinding> bindings(RecordFilter filter, long cursor, int most, long now) {
        return shared.locked(now, _ -> shared.tables().bindings(filter, cursor, most));
    }

    @Override
    public Page<ListedBlock> blocks(RecordFilter filter, long cursor, int most, long now) {
        return shared.locked(now, _ -> shared.tables().blocks(filter, cursor, most));
    }

    @Override
    public Page<Pool4Record> pool4(long cursor, int most, long now) {
        return shared.locked(now, _ -> shared.tables().pool4(cursor, most));
    }

    @Override
    public Occupancy occupancy(long now) {
        return shared.locked(now, time -> shared.tables().occupancy(shared.fragments(), time));
    }

    @Override
    public Page<SubscriberRecord> subscribers(long cursor, int most, long now) {
        return shared.locked(now, _ -> shared.tables().subscribers(cursor, most));
    }

    @Override
    public SessionEvents listen(int capacity, SessionEvents.Scope scope) {
        return shared.listen(capacity, scope);
    }

    @Override
    public void ignore(SessionEvents events) {
        shared.ignore(events);
    }

    @Override
    public Adoption adopt(SessionRecord session, long now) {
        return shared.locked(now, time -> shared.tables().adopt(shared.rules().session(), session, time));
    }

    @Override
    public void pairAs(long seed) {
        shared.tables().pairAs(seed);
    }

    @Override
    public boolean hold(HeldPort port, long now) {
        return shared.locked(now, time -> shared.tables().hold(port, time));
    }

    @Override
    public TableCopy copy(long at) {
        return shared.tables().copy(at);
    }

    @Override
    public boolean copy(TableCopy copy, RecordBuffer into, long now) {
        return shared.locked(now, _ -> copy.step(into));
    }

    @Override
    public SettingsChange reconfigure(PacketTranslatorSettings settings) {
        if (!(settings instanceof TranslatorSettings stateful)) {
            throw new IllegalArgumentException("translator.mode: a stateful translator becomes stateless by a restart");
        }
        return shared.reconfigure(stateful);
    }
}
