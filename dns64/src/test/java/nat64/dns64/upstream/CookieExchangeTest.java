// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import static java.util.Objects.requireNonNull;
import static nat64.dns64.testing.FakeUpstream.records;
import static nat64.dns64.upstream.UpstreamBed.ask;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Upstream;
import nat64.dns64.testing.FakeUpstream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.CookieOption;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/** Cookies towards a server on loopback. */
class CookieExchangeTest {

    private static final FakeUpstream.Behaviour DATA = records("www.example.org. 60 IN A 192.0.2.1");
    private static final byte[] SERVER_COOKIE = {1, 2, 3, 4, 5, 6, 7, 8};
    private static final long PATIENCE = 10_000; // milliseconds, for a busy machine

    private final UpstreamBed bed = new UpstreamBed();
    private final List<@Nullable CookieOption> seen = Collections.synchronizedList(new ArrayList<>());
    private FakeUpstream upstream;
    private RemoteServer server;
    private Upstream alone;

    @BeforeEach
    void start() throws IOException {
        upstream = new FakeUpstream().otherwise((query, _) -> answer(query, Rcode.NOERROR, SERVER_COOKIE));
        server = bed.server(upstream.server());
        alone = bed.alone(server);
    }

    @AfterEach
    void stop() {
        bed.close();
        upstream.close();
    }

    @Test
    @Tag("R-105")
    void sendsBackTheCookieThatTheServerGave() {
        assertThat(ask(alone, PATIENCE)).isInstanceOf(Outcome.Data.class);
        assertThat(ask(alone, PATIENCE)).isInstanceOf(Outcome.Data.class);

        assertThat(requireNonNull(seen.getFirst()).getServerCookie()).isEmpty();
        assertThat(requireNonNull(seen.getLast()).getServerCookie()).contains(SERVER_COOKIE);
        assertThat(requireNonNull(seen.getLast()).getClientCookie())
                .isEqualTo(requireNonNull(seen.getFirst()).getClientCookie());
    }

    @Test
    @Tag("R-105")
    void ignoresAnAnswerWithAnotherClientCookie() {
        upstream.withNoise(List.of(response -> changed(response, SERVER_COOKIE.length + 1)));

        assertThat(ask(alone, PATIENCE)).isInstanceOf(Outcome.Data.class);
        assertThat(server.counters().mismatches()).isEqualTo(1);
        assertThat(server.counters().overTcp()).isZero();
    }

    @Test
    @Tag("R-105")
    void ignoresAnAnswerWithoutCookieOfAServerThatKnowsThem() {
        ask(alone, PATIENCE);
        upstream.withNoise(List.of(CookieExchangeTest::withoutOptions));

        assertThat(ask(alone, PATIENCE)).isInstanceOf(Outcome.Data.class);
        assertThat(server.counters().mismatches()).isEqualTo(1);
        assertThat(server.counters().overTcp()).isZero();
    }

    @Test
    @Tag("R-105")
    void asksAServerThatForgotCookiesOverTcpAndThenWithoutThem() {
        ask(alone, PATIENCE);
        upstream.otherwise(this::answerWithoutCookie);

        assertThat(ask(alone, PATIENCE)).isInstanceOf(Outcome.Data.class);
        assertThat(server.counters().overTcp()).isEqualTo(1);
        assertThat(ask(alone, PATIENCE)).isInstanceOf(Outcome.Data.class);
        assertThat(server.counters().overTcp()).isEqualTo(1);
        assertThat(seen.getLast()).isNull();
    }

    @Test
    @Tag("R-105")
    void asksOnceMoreWithTheCookieOfABadCookie() {
        upstream.otherwise((query, _) -> cookie(query).getServerCookie().isEmpty()
                ? answer(query, Rcode.BADCOOKIE, SERVER_COOKIE)
                : answer(query, Rcode.NOERROR, SERVER_COOKIE));

        assertThat(ask(alone, PATIENCE)).isInstanceOf(Outcome.Data.class);
        assertThat(upstream.asked()).containsExactly("udp www.example.org. A", "udp www.example.org. A");
    }

    @Test
    @Tag("R-105")
    void asksOverTcpAServerThatTakesNoCookie() {
        upstream.otherwise((query, tcp) -> answer(query, tcp ? Rcode.NOERROR : Rcode.BADCOOKIE, SERVER_COOKIE));

        assertThat(ask(alone, PATIENCE)).isInstanceOf(Outcome.Data.class);
        assertThat(upstream.asked())
                .containsExactly("udp www.example.org. A", "udp www.example.org. A", "tcp www.example.org. A");
    }

    @Test
    @Tag("R-105")
    void leavesCookiesOutWhereTheyAreAFormatErrorAndKeepsEdns() {
        upstream.otherwise((query, tcp) -> {
            var opt = requireNonNull(query.getOPT());
            return opt.getOptions(EDNSOption.Code.COOKIE).isEmpty()
                    ? DATA.respond(query, tcp)
                    : answer(query, Rcode.FORMERR, null);
        });

        assertThat(ask(alone, PATIENCE)).isInstanceOf(Outcome.Data.class);
        assertThat(ask(alone, PATIENCE)).isInstanceOf(Outcome.Data.class);
        assertThat(upstream.asked()).hasSize(3);
        assertThat(server.knowsEdns(System.nanoTime())).isTrue();
    }

    private byte[] answerWithoutCookie(Message query, boolean tcp) {
        var opt = requireNonNull(query.getOPT());
        seen.add((CookieOption)
                opt.getOptions(EDNSOption.Code.COOKIE).stream().findFirst().orElse(null));
        return requireNonNull(DATA.respond(query, tcp));
    }

    /** With an OPT record, and in it the client cookie of the query if there is a server cookie. */
    private byte[] answer(Message query, int rcode, byte @Nullable [] serverCookie) {
        var response = FakeUpstream.response(
                query,
                rcode & 0xf,
                rcode == Rcode.NOERROR ? List.of("www.example.org. 60 IN A 192.0.2.1") : List.of(),
                List.of());
        List<EDNSOption> options = serverCookie == null
                ? List.of()
                : List.of(new CookieOption(cookie(query).getClientCookie(), serverCookie));
        response.addRecord(new OPTRecord(1232, rcode >>> 4, 0, 0, options), Section.ADDITIONAL);
        return response.toWire();
    }

    private CookieOption cookie(Message query) {
        var option = Stream.of(requireNonNull(query.getOPT()))
                .flatMap(opt -> opt.getOptions(EDNSOption.Code.COOKIE).stream())
                .map(CookieOption.class::cast)
                .findFirst()
                .orElseThrow();
        seen.add(option);
        return option;
    }

    private static byte[] changed(byte[] bytes, int fromEnd) {
        bytes[bytes.length - fromEnd] ^= 1;
        return bytes;
    }

    private static byte[] withoutOptions(byte[] response) {
        byte[] cut = Arrays.copyOf(response, response.length - 4 - 16);
        cut[cut.length - 1] = 0;
        return cut;
    }
}
