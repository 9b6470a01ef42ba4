// SPDX-License-Identifier: Apache-2.0
package nat64.dns64;

import static nat64.dns64.ServerBed.query;
import static nat64.dns64.testing.FakeUpstream.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import nat64.dns64.testing.FakeUpstream.Behaviour;
import nat64.dns64.testing.LeakCheck;
import nat64.dns64.testing.TestCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** A server that is about to end. */
@ExtendWith(LeakCheck.class)
class DrainTest {

    private static final TestCertificate CERTIFICATE = TestCertificate.ec();
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final String SLOW = "slow.example.org.";

    @TempDir
    private Path folder;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private EncryptedBed bed;

    @BeforeEach
    void start() throws IOException {
        bed = new EncryptedBed(folder, CERTIFICATE);
        bed.bed.first.on(SLOW, Type.A, late(records(SLOW + " 60 IN A 192.0.2.9")));
    }

    @AfterEach
    void stop() {
        mayAnswer.countDown();
        bed.close();
    }

    @Test
    void endsIdleConnectionsAndTakesNoNewOnes() throws Exception {
        try (var connection = bed.connect()) {
            EncryptedBed.send(connection, query("www.example.org.", Type.AAAA));
            EncryptedBed.receive(connection);
            bed.bed.server.drain(LONGEST);

            assertThat(connection.getInputStream().read()).isEqualTo(-1);
        }
        assertThatThrownBy(bed::connect).isInstanceOf(IOException.class);
        assertThat(bed.bed.server.statistics().connections()).isZero();
    }

    @Test
    void answersWhatWasAskedOverTlsBefore() throws Exception {
        try (var connection = bed.connect()) {
            EncryptedBed.send(connection, query(SLOW, Type.A));
            asked.await();
            var drained = drain();
            mayAnswer.countDown();

            assertThat(EncryptedBed.receive(connection).getRcode()).isEqualTo(Rcode.NOERROR);
            assertThat(connection.getInputStream().read()).isEqualTo(-1);
            drained.join();
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void answersWhatWasAskedOverHttpsBefore(HttpClient.Version version) throws Exception {
        try (var client =
                HttpClient.newBuilder().version(version).sslContext(bed.client).build()) {
            var request = HttpRequest.newBuilder(bed.url("/dns-query"))
                    .header("content-type", "application/dns-message")
                    .POST(BodyPublishers.ofByteArray(query(SLOW, Type.A).toWire()))
                    .build();
            var response = client.sendAsync(request, BodyHandlers.ofByteArray());
            asked.await();
            var drained = drain();
            mayAnswer.countDown();

            assertThat(new Message(response.join().body()).getRcode()).isEqualTo(Rcode.NOERROR);
            drained.join();
        }
        assertThat(bed.bed.server.statistics().connections()).isZero();
    }

    private CompletableFuture<Void> drain() {
        return CompletableFuture.runAsync(() -> {
            try {
                bed.bed.server.drain(LONGEST);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private Behaviour late(Behaviour then) {
        return (query, tcp) -> {
            asked.countDown();
            try {
                mayAnswer.await();
            } catch (InterruptedException e) {
                return null;
            }
            return then.respond(query, tcp);
        };
    }
}
