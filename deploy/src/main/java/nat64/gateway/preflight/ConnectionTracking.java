// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.preflight;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import nat64.gateway.config.translator.StatefulConfig;
import nat64.gateway.preflight.Finding.Ok;
import nat64.gateway.preflight.Finding.Warning;
import nat64.translator.session.policy.Lifetimes.Timer;
import nat64.translator.session.pool4.Pool4Range;

/** Behind a masquerade, the kernel tracks each flow, too: the shorter lifetime and the smaller table count. Pure. */
final class ConnectionTracking {

    private static final String SUBJECT = "connection tracking";
    private static final String SETTINGS = "netfilter/nf_conntrack_";

    /** A lifetime of the kernel, and ours that it cuts short. */
    private record Cut(String setting, Timer timer) {}

    private static final List<Cut> CUTS = List.of(
            new Cut("udp_timeout", Timer.UDP),
            new Cut("udp_timeout_stream", Timer.UDP),
            new Cut("icmp_timeout", Timer.ICMP),
            new Cut("tcp_timeout_established", Timer.TCP_ESTABLISHED));

    private ConnectionTracking() {}

    static List<Finding> of(StatefulConfig stateful, Host host) {
        if (!stateful.masquerade() || stateful.pool4().stream().allMatch(Pool4Range::isShared)) {
            return List.of(new Ok(SUBJECT, "not used for translated flows"));
        }
        var findings = new ArrayList<Finding>();
        var room = number(host, "max");
        if (room.isPresent() && room.getAsLong() < stateful.maxSessions()) {
            findings.add(new Warning(
                    SUBJECT,
                    "the kernel tracks %d connections, fewer than the %d sessions of translator.max-sessions"
                            .formatted(room.getAsLong(), stateful.maxSessions()),
                    "set net.netfilter.nf_conntrack_max=%d, or lower translator.max-sessions"
                            .formatted(stateful.maxSessions())));
        }
        var shorter =
                CUTS.stream().filter(cut -> isShorter(cut, stateful, host)).toList();
        if (!shorter.isEmpty()) {
            findings.add(new Warning(
                    SUBJECT,
                    "masquerade forgets idle flows before the translator does (%s): servers no longer reach the client then"
                            .formatted(listed(
                                    shorter,
                                    cut -> "%s %d s instead of %d s"
                                            .formatted(
                                                    cut.timer.label(),
                                                    number(host, cut.setting).orElse(0),
                                                    seconds(stateful, cut)))),
                    "set "
                            + listed(
                                    shorter,
                                    cut -> "net.netfilter.nf_conntrack_%s=%d"
                                            .formatted(cut.setting, seconds(stateful, cut)))));
        }
        return findings.isEmpty()
                ? List.of(new Ok(SUBJECT, "its table and its lifetimes are no smaller than those of the translator"))
                : findings;
    }

    private static boolean isShorter(Cut cut, StatefulConfig stateful, Host host) {
        var kernel = number(host, cut.setting);
        return kernel.isPresent() && kernel.getAsLong() < seconds(stateful, cut);
    }

    private static long seconds(StatefulConfig stateful, Cut cut) {
        Duration lifetime = stateful.lifetimes().of(cut.timer);
        return lifetime.toSeconds();
    }

    private static OptionalLong number(Host host, String setting) {
        return host.setting().apply(SETTINGS + setting).stream()
                .filter(text -> text.matches("\\d{1,18}"))
                .mapToLong(Long::parseLong)
                .findFirst();
    }

    private static String listed(List<Cut> cuts, Function<Cut, String> text) {
        return String.join(", ", cuts.stream().map(text).toList());
    }
}
