// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.tcp4;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import nat64.translator.session.policy.StatePolicy;
import nat64.translator.session.policy.StatePolicy.Filter;
import nat64.translator.session.policy.StaticBinding;
import nat64.translator.session.table.Protocol;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random segments and pauses on one connection must have the effects that a plain reading of RFC 6146, section 3.5.2.2,
 * says: what passes, whether there is a session, and what is sent unasked.
 */
class TcpModelTest {

    private static final int STEPS = 4_000;
    private static final String[] FLAGS = {"S", "SA", "A", "PA", "F", "FA", "R", "RA", ""};
    private static final long[] PAUSES = {0, 500, 1_500, 6_500, 60_000, 239_000, 242_000, 3_600_000, 7_205_000};
    private static final byte[] NO_DATA = {};

    /** A session as the RFC tells it. Times in milliseconds. */
    private static final class Model {

        private String state = "CLOSED";
        private long deadline;

        /** Every segment passes, as there is a binding. */
        @SuppressWarnings("checkstyle:MethodLength") // the state machine of the RFC in one piece
        void segment(String flags, boolean fromIpv6, long now) {
            boolean rst = flags.contains("R");
            boolean syn = !rst && flags.contains("S");
            boolean fin = !rst && !syn && flags.contains("F");
            String own = fromIpv6 ? "V6" : "V4";
            switch (state) {
                case "CLOSED" -> {
                    if (syn && (fromIpv6 || !flags.contains("A"))) {
                        enter(own + "_INIT", now + 240_000);
                    }
                }
                case "V4_INIT" -> {
                    if (syn && fromIpv6) {
                        enter("ESTABLISHED", now + 7_200_000);
                    }
                }
                case "V6_INIT" -> {
                    if (syn) {
                        enter(fromIpv6 ? state : "ESTABLISHED", now + (fromIpv6 ? 240_000 : 7_200_000));
                    }
                }
                case "ESTABLISHED" -> {
                    if (fin) {
                        state = own + "_FIN";
                    } else {
                        enter(rst ? "TRANS" : state, now + (rst ? 240_000 : 7_200_000));
                    }
                }
                case "V4_FIN", "V6_FIN" -> {
                    if (rst) {
                        enter("TRANS", now + 240_000); // RFC 7857, section 2.2
                    } else if (fin && !state.startsWith(own)) {
                        enter("BOTH_FIN", now + 240_000);
                    } else {
                        deadline = now + 7_200_000;
                    }
                }
                case "TRANS" -> {
                    if (!rst) {
                        enter("ESTABLISHED", now + 7_200_000);
                    }
                }
                default -> {}
            }
        }

        /** The number of probes that are sent. */
        int pass(long now) {
            int probes = 0;
            if (state.equals("ESTABLISHED") && deadline <= now) {
                probes++;
                enter("TRANS", deadline + 240_000);
            }
            if (!state.equals("CLOSED") && deadline <= now) {
                state = "CLOSED";
            }
            return probes;
        }

        boolean expiresAround(long time) {
            boolean soon = Math.abs(deadline - time) < 2_000;
            return soon || (state.equals("ESTABLISHED") && Math.abs(deadline + 240_000 - time) < 2_000);
        }

        boolean isConnected() {
            return state.equals("ESTABLISHED") || state.endsWith("4_FIN") || state.endsWith("6_FIN");
        }

        private void enter(String next, long until) {
            state = next;
            deadline = until;
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @CsvSource({"1", "2", "3", "4", "5", "6"})
    @Tag("C-158")
    @Tag("C-162")
    @Tag("C-163")
    @Tag("C-164")
    @Tag("C-167")
    @Tag("C-177")
    @Tag("C-181")
    void agreesWithAPlainReadingOfTheRfc(long seed) {
        var random = new Random(seed);
        var binding = new StaticBinding(
                Protocol.TCP, Ipv6Address.parse(CLIENT), 50_000, Ipv4Address.parse("203.0.113.1"), 50_000);
        var policy = new StatePolicy(Filter.ENDPOINT_INDEPENDENT, false, 8, List.of(binding));
        var model = new Model();
        long now = 1_000;
        try (var nat64 = new TestTranslator(TestNat64.settings(policy))) {
            for (int step = 0; step < STEPS; step++) {
                long pause = PAUSES[random.nextInt(random.nextInt(1, PAUSES.length + 1))];
                if (model.expiresAround(now + pause)) { // sessions end with a second's precision
                    pause += 5_000;
                }
                now += pause;
                int probes = model.pass(now);
                assertThat(nat64.pass(Duration.ofMillis(pause)))
                        .as("probes in step %d", step)
                        .hasSize(probes);
                String flags = FLAGS[random.nextInt(FLAGS.length)];
                boolean fromIpv6 = random.nextBoolean();
                if (flags.contains("R") && model.isConnected()) { // of an idle connection, the number would matter
                    model.segment("A", fromIpv6, now);
                    assertThat(send(nat64, "A", fromIpv6)).as("step %d", step).hasSize(1);
                }
                model.segment(flags, fromIpv6, now);
                assertThat(send(nat64, flags, fromIpv6)).as("step %d", step).hasSize(1);
                assertThat(stateOf(nat64, now)).as("state after step %d", step).isEqualTo(model.state);
            }
        }
    }

    private static List<Wire> send(TestTranslator nat64, String flags, boolean fromIpv6) {
        return nat64.send(
                fromIpv6
                        ? tcp6(CLIENT, 50_000, SERVER_IN_PREF64, 80, flags, NO_DATA)
                        : tcp4(SERVER, 80, "203.0.113.1", 50_000, flags, NO_DATA));
    }

    private static String stateOf(TestTranslator nat64, long now) {
        var sessions = nat64.sessions(2, now);
        return sessions.isEmpty()
                ? "CLOSED"
                : switch (sessions.getFirst().state()) {
                    case V4_FIN_RCV -> "V4_FIN";
                    case V6_FIN_RCV -> "V6_FIN";
                    case V4_V6_FIN_RCV -> "BOTH_FIN";
                    default -> sessions.getFirst().state().name();
                };
    }
}
