// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import static nat64.dns64.testing.FakeUpstream.noData;
import static nat64.dns64.testing.FakeUpstream.rcode;
import static nat64.dns64.testing.FakeUpstream.records;
import static nat64.dns64.testing.Records.SOA;
import static nat64.dns64.upstream.UpstreamBed.ask;
import static nat64.dns64.upstream.UpstreamBed.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import nat64.dns64.message.Outcome;
import nat64.dns64.settings.UpstreamServer;
import nat64.dns64.testing.FakeHttps;
import nat64.dns64.testing.FakeUpstream;
import nat64.dns64.testing.LeakCheck;
import nat64.dns64.testing.TestCertificate;
import nat64.dns64.upstream.connection.TlsTrust;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Rcode;

/** DNS over TLS and over HTTPS, with servers on loopback. */
@ExtendWith(LeakCheck.class)
class EncryptedUpstreamTest {

    private static final FakeUpstream.Behaviour DATA = records("www.example.org. 60 IN A 192.0.2.1");
    private static final long PATIENCE = 10_000; // milliseconds, for a busy machine
    private static final String NAME = "dns.example.org";

    @TempDir
    static Path directory;

    private static TestCertificate certificate;
    private static Path authority;

    private UpstreamBed bed;
    private FakeUpstream upstream;
    private FakeHttps https;

    /** How the server is asked. */
    enum Way {
        TLS,
        HTTPS
    }

    @BeforeAll
    static void makeCertificate() throws IOException, GeneralSecurityException {
        certificate = TestCertificate.ec();
        authority = Files.writeString(directory.resolve("authority.pem"), certificate.certificatePem());
    }

    @BeforeEach
    void start() throws IOException, GeneralSecurityException {
        bed = new UpstreamBed(Optional.of(authority));
        upstream = new FakeUpstream(certificate.server()).otherwise(DATA);
        https = new FakeHttps(upstream, certificate);
    }

    @AfterEach
    void stop() {
        bed.close();
        https.close();
        upstream.close();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("R-118")
    void asksManyQuestionsOnOneConnection(Way way) {
        upstream.otherwise(noData(SOA));
        var server = bed.server(server(way, NAME));
        var alone = bed.alone(server);
        var waiting = IntStream.range(0, 50)
                .mapToObj(i -> alone.ask(
                                question("n" + i + ".example.org."),
                                System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE))
                        .toCompletableFuture())
                .toList();

        assertThat(waiting).allSatisfy(answer -> assertThat(answer.join()).isInstanceOf(Outcome.Answered.class));
        assertThat(server.counters().connections()).isEqualTo(1);
        assertThat(upstream.asked()).hasSize(50).noneMatch(asked -> asked.startsWith("udp"));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("R-104")
    void padsQuestionsToBlocks(Way way) {
        Set<Integer> lengths = ConcurrentHashMap.newKeySet();
        upstream.otherwise((query, tcp) -> {
            lengths.add(query.getOPT().getOptions(EDNSOption.Code.PADDING).isEmpty() ? 0 : query.toWire().length);
            return DATA.respond(query, tcp);
        });
        var alone = bed.alone(bed.server(server(way, NAME)));
        ask(alone, PATIENCE);
        ask(alone, question("a-name-of-another-length.example.org."), PATIENCE);

        assertThat(lengths).containsExactly(128);
    }

    @ParameterizedTest
    @EnumSource
    void takesACertificateForTheAddressWhereNoNameIsConfigured(Way way) {
        assertThat(ask(bed.alone(bed.server(server(way, ""))), PATIENCE)).isInstanceOf(Outcome.Data.class);
    }

    @ParameterizedTest
    @EnumSource
    void asksNothingOfAServerWithAnotherName(Way way) {
        assertThat(ask(bed.alone(bed.server(server(way, "other.example"))), PATIENCE))
                .isEqualTo(new Outcome.Failure(Rcode.SERVFAIL));
        assertThat(upstream.asked()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void asksNothingOfAServerThatNobodyVouchesFor(Way way) {
        try (var strict = new UpstreamBed()) {
            assertThat(ask(strict.alone(strict.server(server(way, NAME))), PATIENCE))
                    .isEqualTo(new Outcome.Failure(Rcode.SERVFAIL));
        }
        assertThat(upstream.asked()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void passesOnWhatTheServerSays(Way way) {
        upstream.otherwise(rcode(Rcode.REFUSED));

        assertThat(ask(bed.alone(bed.server(server(way, NAME))), PATIENCE))
                .isEqualTo(new Outcome.Failure(Rcode.REFUSED));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("R-118")
    void opensANewConnectionWhenTheServerHungUp(Way way) {
        var server = bed.server(server(way, NAME));
        ask(bed.alone(server), PATIENCE);
        upstream.hangUp();
        https.hangUp();

        assertThat(ask(bed.alone(server), PATIENCE)).isInstanceOf(Outcome.Data.class);
        assertThat(server.counters().connections()).isEqualTo(2);
    }

    /** The event loop is busy while the connection is reset, so that it learns of that from the question it sends. */
    @ParameterizedTest
    @EnumSource
    @Tag("R-118")
    void asksOnANewConnectionWhereTheQuestionCannotBeSent(Way way) throws IOException {
        var server = bed.server(server(way, NAME));
        ask(bed.alone(server), PATIENCE);
        var isReset = new CompletableFuture<Void>();
        bed.loops.get(0).execute(isReset::join);
        var answer = bed.alone(server)
                .ask(UpstreamBed.QUESTION, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE));
        upstream.reset();
        https.reset();
        isReset.complete(null);

        assertThat(answer.toCompletableFuture().join()).isInstanceOf(Outcome.Data.class);
        assertThat(server.counters().connections()).isEqualTo(2);
    }

    @Test
    @Tag("R-118")
    void asksOnANewConnectionWhereTheServerHungUpOnTheQuestion() {
        var server = bed.server(server(Way.HTTPS, NAME));
        ask(bed.alone(server), PATIENCE);
        https.hangUpOnNextRequest();

        assertThat(ask(bed.alone(server), PATIENCE)).isInstanceOf(Outcome.Data.class);
        assertThat(server.counters().connections()).isEqualTo(2);
    }

    @Test
    void failsWhereHttpDoes() {
        var lost = UpstreamServer.https(https.address(), NAME, "/nowhere");

        assertThat(ask(bed.alone(bed.server(lost)), PATIENCE)).isEqualTo(new Outcome.Failure(Rcode.SERVFAIL));
    }

    @Test
    void sendsHttpRequestsAsTheRfcWantsThem() {
        ask(bed.alone(bed.server(server(Way.HTTPS, NAME))), PATIENCE);

        assertThat(https.requests())
                .containsExactly("POST https " + NAME + ":" + https.address().getPort()
                        + " /dns-query application/dns-message id=0");
    }

    @Test
    void saysWhichFileOfAuthoritiesIsOfNoUse() {
        var server = server(Way.TLS, NAME);

        assertThatThrownBy(() -> new TlsTrust(List.of(server), Optional.of(directory.resolve("none.pem"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none.pem");
    }

    private UpstreamServer server(Way way, String name) {
        return switch (way) {
            case TLS -> UpstreamServer.tls(upstream.address(), name);
            case HTTPS -> UpstreamServer.https(https.address(), name, FakeHttps.PATH);
        };
    }
}
