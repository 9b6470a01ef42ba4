// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.SplittableRandom;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import nat64.translator.address.Pref64s;
import nat64.translator.session.pool4.Pool4;
import nat64.translator.session.pool4.Pool4Range;
import nat64.translator.session.pool4.PortRange;
import nat64.translator.session.pool4.QuarantineSettings;
import nat64.translator.session.table.Hash;

/** Tables with pool4 203.0.113.0/30 and the Pref64 2001:db8:64::/96, for hosts of 2001:db8:1::/64. */
final class TestTables {

    static final Pref64 PREF64 = Pref64.parse("2001:db8:64::/96");

    private TestTables() {}

    static SessionRules rules() {
        return new SessionRules(
                Pref64s.of(List.of(PREF64)),
                new Pool4(List.of(range("203.0.113.0/30"))),
                new AdmissionPolicy(
                        List.of(Ipv6Prefix.parse("2001:db8:1::/64")), false, List.of(), SubscriberLimits.NONE),
                FilterPolicy.DEFAULT,
                Lifetimes.RFC_6146);
    }

    static Pool4Range range(String prefix) {
        return new Pool4Range(Ipv4Prefix.parse(prefix), PortRange.ALL);
    }

    static TableSettings settings(int maxSessions) {
        return new TableSettings(maxSessions, 16, QuarantineSettings.DEFAULT);
    }

    /** For the tables of one protocol, without limits of subscribers. */
    static TableParts parts(Arena arena, int maxSessions, long seed) {
        return new TableParts(
                arena,
                settings(maxSessions),
                rules(),
                new Subscribers(arena, SubscriberLimits.NONE, 1, new Hash(seed)),
                new SplittableRandom(seed));
    }
}
