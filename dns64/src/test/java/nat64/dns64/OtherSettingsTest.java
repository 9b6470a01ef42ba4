// SPDX-License-Identifier: Apache-2.0
package nat64.dns64;

import static nat64.dns64.ServerBed.A;
import static nat64.dns64.ServerBed.MADE;
import static nat64.dns64.ServerBed.answer;
import static nat64.dns64.testing.FakeUpstream.noData;
import static nat64.dns64.testing.FakeUpstream.records;
import static nat64.dns64.testing.Records.SOA;
import static nat64.dns64.testing.Records.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nat64.dns64.settings.CacheRules;
import nat64.dns64.settings.DnssecSettings;
import nat64.dns64.settings.Policy;
import nat64.dns64.settings.UpstreamPolicy;
import nat64.dns64.settings.UpstreamServer;
import nat64.dns64.settings.UpstreamSettings;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Pref64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A server that goes on with other settings, or forgets what it knows, while clients ask. */
class OtherSettingsTest {

    private ServerBed bed;
    private Dns64Settings settings;

    @BeforeEach
    void start() throws IOException {
        bed = new ServerBed();
        settings = ServerBed.settings(
                "127.0.0.0/8", bed.first, bed.second, bed.server.listening().getFirst());
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    @Test
    @Tag("R-134")
    @Tag("R-90")
    void usesAnotherPrefixAtOnceAndAsksNobodyAnew() throws IOException {
        assertThat(answer(bed.ask("www.example.org.", Type.AAAA))).containsExactly(MADE);
        assertThat(answer(bed.ask("www.example.org.", Type.AAAA))).containsExactly(MADE); // ready by now

        bed.server.reconfigure(with("2001:db8:65::/96", "127.0.0.0/8", settings.upstreams()));

        assertThat(addresses(bed.ask("www.example.org.", Type.AAAA))).containsExactly("2001:db8:65:0:0:0:c000:221");
        assertThat(bed.first.asked()).hasSize(2);
    }

    @Test
    @Tag("R-134")
    void servesOtherClientsAtOnceEvenWhatIsReady() throws IOException {
        bed.ask("www.example.org.", Type.AAAA);
        bed.ask("www.example.org.", Type.AAAA);

        bed.server.reconfigure(with("2001:db8:64::/96", "192.0.2.0/24", settings.upstreams()));

        assertThat(bed.ask("www.example.org.", Type.AAAA).getRcode()).isEqualTo(Rcode.REFUSED);
    }

    @Test
    @Tag("R-134")
    void asksOtherUpstreamsForWhatIsNotKnown() throws IOException {
        bed.second
                .on("new.example.org.", Type.AAAA, noData(SOA))
                .on("new.example.org.", Type.A, records("new.example.org. 60 IN A 192.0.2.34"));

        bed.server.reconfigure(
                with("2001:db8:64::/96", "127.0.0.0/8", UpstreamSettings.of(List.of(bed.second.server()), second())));

        assertThat(answer(bed.ask("new.example.org.", Type.AAAA)))
                .containsExactly("new.example.org. 60 IN AAAA 2001:db8:64:0:0:0:c000:222");
        assertThat(bed.first.asked()).isEmpty();
        assertThat(bed.server.statistics().upstreams()).containsOnlyKeys(bed.second.server());
    }

    @Test
    @Tag("R-134")
    void forgetsAnswersInAZoneThatOthersAreAskedAboutNow() throws IOException {
        assertThat(answer(bed.ask("www.example.org.", Type.A))).containsExactly(A);
        assertThat(answer(bed.ask("www.example.org.", Type.A))).containsExactly(A); // ready by now
        var other = "www.example.org. 60 IN A 192.0.2.99";
        bed.second.on("www.example.org.", Type.A, records(other));
        var forward = Map.of(name("example.org."), List.of(bed.second.server()));

        bed.server.reconfigure(with("2001:db8:64::/96", "127.0.0.0/8", forwarding(forward)));
        assertThat(answer(bed.ask("www.example.org.", Type.A))).containsExactly(other);

        bed.server.reconfigure(with("2001:db8:64::/96", "127.0.0.0/8", forwarding(Map.of())));
        assertThat(answer(bed.ask("www.example.org.", Type.A))).containsExactly(A);
    }

    private UpstreamSettings forwarding(Map<Name, List<UpstreamServer>> forward) {
        return new UpstreamSettings(
                List.of(bed.first.server()),
                forward,
                UpstreamPolicy.SEQUENTIAL,
                second(),
                Optional.empty(),
                Duration.ZERO,
                false,
                DnssecSettings.OFF,
                CacheRules.DEFAULT);
    }

    @Test
    @Tag("R-134")
    void goesOnAsBeforeIfTheOtherSettingsCantBeUsed() throws IOException {
        var noSuchFile = new UpstreamSettings(
                List.of(UpstreamServer.tls(bed.second.server().address(), "")),
                Map.of(),
                UpstreamPolicy.SEQUENTIAL,
                second(),
                Optional.of(Path.of("/nowhere/authorities.pem")),
                Duration.ZERO,
                false,
                DnssecSettings.OFF,
                CacheRules.DEFAULT);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> bed.server.reconfigure(with("2001:db8:65::/96", "127.0.0.0/8", noSuchFile)))
                .withMessageContaining("/nowhere/authorities.pem");
        assertThat(answer(bed.ask("www.example.org.", Type.AAAA))).containsExactly(MADE);
    }

    @Test
    @Tag("R-134")
    @Tag("R-119")
    void refusesItselfAsAnUpstreamAndGoesOnAsBefore() throws IOException {
        var itself = UpstreamSettings.of(
                List.of(UpstreamServer.plain(bed.server.listening().getFirst())), second());
        var anyAddress =
                new InetSocketAddress("::", settings.listen().getFirst().getPort());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> bed.server.reconfigure(withListen(anyAddress, itself)))
                .withMessageContaining("would come back");
        assertThat(answer(bed.ask("www.example.org.", Type.AAAA))).containsExactly(MADE);
    }

    @Test
    void forgetsANameAndWhatWasReadyOfIt() throws IOException {
        bed.ask("www.example.org.", Type.AAAA);
        bed.ask("www.example.org.", Type.AAAA);
        bed.first.on("www.example.org.", Type.AAAA, records("www.example.org. 60 IN AAAA 2001:db8:1::1"));

        assertThat(bed.server.forget(name("example.org."))).isEqualTo(2);

        assertThat(answer(bed.ask("www.example.org.", Type.AAAA)))
                .containsExactly("www.example.org. 60 IN AAAA 2001:db8:1:0:0:0:0:1");
    }

    private static List<String> addresses(Message response) {
        return response.getSection(Section.ANSWER).stream()
                .map(Record::rdataToString)
                .toList();
    }

    private static Duration second() {
        return Duration.ofMillis(600);
    }

    private Dns64Settings withListen(InetSocketAddress listen, UpstreamSettings upstreams) {
        return with(List.of(listen), "2001:db8:64::/96", "127.0.0.0/8", upstreams);
    }

    private Dns64Settings with(String pref64, String clients, UpstreamSettings upstreams) {
        return with(settings.listen(), pref64, clients, upstreams);
    }

    private Dns64Settings with(
            List<InetSocketAddress> listen, String pref64, String clients, UpstreamSettings upstreams) {
        return new Dns64Settings(
                listen,
                List.of(),
                List.of(Ipv4Prefix.parse(clients)),
                upstreams,
                Policy.of(List.of(Pref64.parse(pref64))),
                List.of(),
                settings.cacheBytes(),
                settings.threads(),
                settings.queryLog(),
                settings.serving());
    }
}
