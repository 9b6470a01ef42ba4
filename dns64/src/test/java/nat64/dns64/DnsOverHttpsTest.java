// SPDX-License-Identifier: Apache-2.0
package nat64.dns64;

import static nat64.dns64.ServerBed.MADE;
import static nat64.dns64.ServerBed.answer;
import static nat64.dns64.ServerBed.query;
import static nat64.dns64.testing.FakeUpstream.rcode;
import static nat64.dns64.testing.FakeUpstream.records;
import static nat64.dns64.testing.Records.SOA;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import nat64.dns64.statistics.DropReason;
import nat64.dns64.statistics.Transport;
import nat64.dns64.testing.LeakCheck;
import nat64.dns64.testing.TestCertificate;
import nat64.dns64.transport.HttpMaxAge;
import nat64.dns64.transport.HttpVersions;
import nat64.dns64.transport.HttpsHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

@Tag("R-108")
@ExtendWith(LeakCheck.class)
class DnsOverHttpsTest {

    private static final TestCertificate CERTIFICATE = TestCertificate.ec();
    private static final String MEDIA_TYPE = "application/dns-message";

    @TempDir
    private Path folder;

    private EncryptedBed bed;

    @BeforeEach
    void start() throws IOException {
        bed = new EncryptedBed(folder, CERTIFICATE);
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void synthesizesForPost(HttpClient.Version version) throws Exception {
        var response = send(version, post(aaaa().toWire()));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.version()).isEqualTo(version);
        assertThat(response.headers().firstValue("content-type")).hasValue(MEDIA_TYPE);
        assertThat(answer(new Message(response.body()))).containsExactly(MADE);
        assertThat(bed.bed.server.statistics().queries()).containsEntry(Transport.HTTPS, 1L);
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void synthesizesForGet(HttpClient.Version version) throws Exception {
        var response = send(version, get("/dns-query?dns=" + base64(aaaa().toWire())));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(answer(new Message(response.body()))).containsExactly(MADE);
    }

    @Test
    void takesTheIdZeroThatCachesLike() throws Exception {
        var query = aaaa();
        query.getHeader().setID(0);

        assertThat(new Message(send(post(query.toWire())).body()).getHeader().getID())
                .isZero();
    }

    @Test
    void answersManyRequestsOfOneConnectionAtOnce() throws Exception {
        try (var client = client(HttpClient.Version.HTTP_2)) {
            var responses = IntStream.range(0, HttpVersions.MAX_STREAMS)
                    .mapToObj(_ -> client.sendAsync(post(aaaa().toWire()), BodyHandlers.ofByteArray()))
                    .toList();
            CompletableFuture.allOf(responses.toArray(CompletableFuture[]::new)).join();

            assertThat(responses).allMatch(response -> response.join().statusCode() == 200);
        }
    }

    @Test
    void keepsAConnectionOfTheOldVersionOpen() throws Exception {
        try (var client = client(HttpClient.Version.HTTP_1_1)) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.send(post(aaaa().toWire()), BodyHandlers.ofByteArray())
                                .statusCode())
                        .isEqualTo(200);
            }
            assertThat(bed.bed.server.statistics().connections()).isEqualTo(1);
        }
    }

    @Test
    void tellsCachesTheLowestTtl() throws Exception {
        assertThat(send(post(aaaa().toWire())).headers().firstValue("cache-control"))
                .hasValue("max-age=120");
    }

    @Test
    void tellsCachesTheTtlOfADenial() throws Exception {
        bed.bed.first.on("none.example.org.", Type.AAAA, rcode(Rcode.NXDOMAIN, SOA));
        var response = send(post(query("none.example.org.", Type.AAAA).toWire()));

        assertThat(new Message(response.body()).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(response.headers().firstValue("cache-control"))
                .hasValue("max-age=" + HttpMaxAge.seconds(response.body()));
        assertThat(HttpMaxAge.seconds(response.body())).isPositive();
    }

    @Test
    void says200WhateverTheRcode() throws Exception {
        bed.bed.first.otherwise(rcode(Rcode.SERVFAIL));
        bed.bed.second.otherwise(rcode(Rcode.SERVFAIL));
        var response = send(post(query("broken.example.org.", Type.MX).toWire()));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(new Message(response.body()).getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(response.headers().firstValue("cache-control")).hasValue("max-age=0");
    }

    @Test
    void truncatesNothing() throws Exception {
        var many = new ArrayList<String>();
        for (int i = 0; i < 100; i++) {
            many.add("many.example.org. 60 IN A 192.0.2." + i);
        }
        bed.bed.first.on("many.example.org.", Type.A, records(many.toArray(String[]::new)));
        var message = new Message(
                send(post(query("many.example.org.", Type.A).toWire())).body());

        assertThat(message.getHeader().getFlag(Flags.TC)).isFalse();
        assertThat(message.getSection(Section.ANSWER)).hasSize(100);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /other?dns=AAABAAABAAAAAAAAA3d3dwdleGFtcGxlA29yZwAAHAAB, application/dns-message, 404",
        "GET, /dns-query, application/dns-message, 400",
        "GET, /dns-query?dns=a, application/dns-message, 400",
        "GET, /dns-query?dns=*, application/dns-message, 400",
        "GET, /dns-query?dns=AAAA, application/dns-message, 400",
        "GET, /dns-query?dns=AAAA&dns=AAAA, application/dns-message, 400",
        "POST, /dns-query, application/json, 415",
        "POST, /dns-query, text/dns-message, 415",
        "PUT, /dns-query, application/dns-message, 405",
        "DELETE, /dns-query, application/dns-message, 405"
    })
    void refusesWhatIsNoQuery(String method, String url, String type, int status) throws Exception {
        var request = HttpRequest.newBuilder(bed.url(url))
                .header("content-type", type)
                .method(method, BodyPublishers.ofByteArray(aaaa().toWire()))
                .build();

        assertThat(send(HttpClient.Version.HTTP_2, request).statusCode()).isEqualTo(status);
        assertThat(send(HttpClient.Version.HTTP_1_1, request).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void refusesLargeBodies(HttpClient.Version version) throws Exception {
        var announced = post(new byte[HttpsHandler.LARGEST_QUERY + 1]);
        assertThat(send(version, announced).statusCode()).isEqualTo(413);

        var unannounced = HttpRequest.newBuilder(bed.url("/dns-query"))
                .header("content-type", MEDIA_TYPE)
                .POST(BodyPublishers.fromPublisher(
                        BodyPublishers.ofByteArray(new byte[HttpsHandler.LARGEST_QUERY + 1])))
                .build();
        long resets = 0;
        while (!isRefusedAsTooLarge(version, unannounced)) {
            assertThat(++resets).isLessThan(5);
        }
        assertThat(bed.bed.server.statistics().dropped()).containsEntry(DropReason.BAD_HTTP_REQUEST, 2 + resets);
    }

    /** The server resets a stream that it does not want to hear any more; that may come before the answer is read. */
    private boolean isRefusedAsTooLarge(HttpClient.Version version, HttpRequest request) throws Exception {
        try {
            assertThat(send(version, request).statusCode()).isEqualTo(413);
            return true;
        } catch (IOException e) {
            assertThat(version).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(e).hasMessageContaining("RST_STREAM");
            return false;
        }
    }

    @Test
    void refusesLongUrls() throws Exception {
        var request = get("/dns-query?dns=" + "A".repeat(9000));

        assertThat(send(HttpClient.Version.HTTP_1_1, request).statusCode()).isEqualTo(414);
    }

    @Test
    void takesMediaTypesWithParametersAndInAnyCase() throws Exception {
        var request = HttpRequest.newBuilder(bed.url("/dns-query"))
                .header("content-type", "Application/DNS-Message; q=1")
                .POST(BodyPublishers.ofByteArray(aaaa().toWire()))
                .build();

        assertThat(send(HttpClient.Version.HTTP_2, request).statusCode()).isEqualTo(200);
    }

    private static Message aaaa() {
        return query("www.example.org.", Type.AAAA);
    }

    private HttpRequest get(String url) {
        return HttpRequest.newBuilder(bed.url(url)).build();
    }

    private HttpRequest post(byte[] query) {
        return HttpRequest.newBuilder(bed.url("/dns-query"))
                .header("content-type", MEDIA_TYPE)
                .POST(BodyPublishers.ofByteArray(query))
                .build();
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws Exception {
        return send(HttpClient.Version.HTTP_2, request);
    }

    private HttpResponse<byte[]> send(HttpClient.Version version, HttpRequest request) throws Exception {
        try (var client = client(version)) {
            return client.send(request, BodyHandlers.ofByteArray());
        }
    }

    private HttpClient client(HttpClient.Version version) {
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(bed.client)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
