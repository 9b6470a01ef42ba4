// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import nat64.translator.address.Pref64s;
import nat64.translator.session.policy.AdmissionPolicy;
import nat64.translator.session.policy.FilterPolicy;
import nat64.translator.session.policy.Lifetimes;
import nat64.translator.session.policy.StaticBinding;
import nat64.translator.session.policy.SubscriberLimits;
import nat64.translator.session.policy.TableSettings;
import nat64.translator.session.pool4.Pool4;
import nat64.translator.session.pool4.Pool4Range;
import nat64.translator.session.pool4.PortBlocks;
import nat64.translator.session.pool4.PortRange;
import nat64.translator.session.pool4.QuarantineSettings;
import nat64.translator.session.record.Adoption;
import nat64.translator.session.record.BindingRecord;
import nat64.translator.session.record.Page;
import nat64.translator.session.record.RecordFilter;
import nat64.translator.session.record.SessionRecord;
import nat64.translator.session.record.SessionState;
import nat64.translator.session.table.Bib;
import nat64.translator.session.table.Hash;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.TcpState;

/** Tables with pool4 203.0.113.0/30 and the Pref64 2001:db8:64::/96, for hosts of 2001:db8:1::/64. */
final class TestTables {

    static final Pref64 PREF64 = Pref64.parse("2001:db8:64::/96");
    static final Ipv6Prefix CLIENTS = Ipv6Prefix.parse("2001:db8:1::/64");
    static final int SERVER = Ipv4Address.parse("198.51.100.2");

    private TestTables() {}

    static SessionRules rules() {
        return new SessionRules(
                Pref64s.of(List.of(PREF64)),
                new Pool4(List.of(range("203.0.113.0/30"))),
                new AdmissionPolicy(List.of(CLIENTS), false, List.of(), SubscriberLimits.NONE),
                FilterPolicy.DEFAULT,
                Lifetimes.RFC_6146);
    }

    static SessionRules with(SessionRules rules, SubscriberLimits limits) {
        var admission = new AdmissionPolicy(List.of(CLIENTS), false, List.of(), limits);
        return new SessionRules(rules.pref64s(), rules.pool4(), admission, rules.filter(), rules.lifetimes());
    }

    static SessionRules with(SessionRules rules, FilterPolicy filter) {
        return new SessionRules(rules.pref64s(), rules.pool4(), rules.admission(), filter, rules.lifetimes());
    }

    static SessionRules with(SessionRules rules, Pool4 pool4) {
        return new SessionRules(rules.pref64s(), pool4, rules.admission(), rules.filter(), rules.lifetimes());
    }

    static Pool4Range range(String prefix) {
        return new Pool4Range(Ipv4Prefix.parse(prefix), PortRange.ALL);
    }

    static TableSettings settings(int maxSessions) {
        return new TableSettings(maxSessions, 16, QuarantineSettings.DEFAULT);
    }

    static SessionTables tables(Arena arena, SessionRules rules, int maxSessions) {
        return new SessionTables(arena, settings(maxSessions), rules, List.of(), new SplittableRandom(6146));
    }

    /** For the tables of one protocol, without limits of subscribers. */
    static ProtocolTables.Parts parts(Arena arena, int maxSessions, long seed) {
        var pool4 = rules().pool4();
        var pairing = new Pairing(pool4, seed);
        var settings = settings(maxSessions);
        var random = new SplittableRandom(seed);
        var sizes = new PortBlocks.Sizes(settings.quarantine().time(), 1);
        var blocks = new PortBlocks(arena, settings.blocks(), pool4, sizes, random);
        return new ProtocolTables.Parts(
                arena,
                settings,
                pairing,
                new Subscribers(1, new Hash(seed)),
                new BlockBindings(blocks, pairing),
                random);
    }

    /** As a packet of a host would, from one port to one of the server; answers the row. */
    static int open(SessionTables tables, Protocol protocol, int host, int port, int remotePort) {
        var of = tables.of(protocol);
        var client = client(host);
        int binding = of.bib.find(client.high(), client.low(), port);
        if (binding == Bib.NONE) {
            var tuple = new TestTuple(protocol, client, port).tuple();
            binding = tables.bind(tuple, 0);
        }
        int row = of.create(binding, SERVER, protocol == Protocol.ICMP ? 0 : remotePort, 120_000, 0);
        if (row != ProtocolTables.NONE) {
            of.sessions.state(row, protocol == Protocol.TCP ? TcpState.V6_INIT : TcpState.STATELESS);
            of.opened(row, false, 0);
        }
        return row;
    }

    static Ipv6Address client(int host) {
        return new Ipv6Address(CLIENTS.high(), host);
    }

    /** A UDP session of a host with the server that lives for a minute. */
    static SessionRecord record(int host, int port, String pool4, int pool4Port) {
        return new SessionRecord(
                new BindingRecord(Protocol.UDP, client(host), port, Ipv4Address.parse(pool4), pool4Port),
                SERVER,
                53,
                PREF64,
                new SessionState(TcpState.STATELESS, false, true, Duration.ofMinutes(1)));
    }

    static Adoption adopt(SessionTables tables, SessionRecord record, long now) {
        return tables.adopt(rules(), record, now);
    }

    static List<SessionRecord> sessions(SessionTables tables, RecordFilter filter, long now) {
        var all = new ArrayList<SessionRecord>();
        var page = tables.sessions(filter, Page.BEGINNING, 100, now);
        all.addAll(page.items());
        while (!page.isLast()) {
            page = tables.sessions(filter, page.cursor(), 100, now);
            all.addAll(page.items());
        }
        return all;
    }

    /** Has the tables changed to the end; answers how many steps it took. */
    static int change(SessionTables tables, SessionRules next, List<StaticBinding> bindings, long now) {
        var reconfiguration = tables.reconfigure(next, bindings);
        int steps = 1;
        while (reconfiguration.step(now)) {
            steps++;
        }
        return steps;
    }
}
