// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nat64.dns64.settings.Policy;
import nat64.dns64.settings.UpstreamPolicy;
import nat64.dns64.settings.UpstreamServer;
import nat64.dns64.settings.ViewSettings;
import nat64.dns64.synthesis.OwnNames;
import nat64.dns64.synthesis.RebindingProtection;
import nat64.gateway.config.common.Clients;
import nat64.gateway.config.common.Endpoints;
import nat64.gateway.config.common.LogConfig;
import nat64.gateway.config.common.Role;
import nat64.gateway.config.dns64.AutoPorts;
import nat64.gateway.config.dns64.QueryLogConfig;
import nat64.gateway.config.dns64.upstream.Resolvers;
import nat64.gateway.config.file.AutoOr;
import nat64.gateway.config.file.ConfigException;
import nat64.gateway.config.file.Problem;
import nat64.gateway.config.translator.DeviceConfig;
import nat64.gateway.config.translator.DeviceType;
import nat64.gateway.config.translator.PcapConfig;
import nat64.gateway.config.translator.WorkersConfig;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import nat64.translator.session.fragment.FragmentLimits;
import nat64.translator.session.policy.Lifetimes;
import nat64.translator.session.policy.Lifetimes.Timer;
import nat64.translator.session.policy.StatePolicy;
import nat64.translator.session.policy.StaticBinding;
import nat64.translator.session.policy.SubscriberLimits;
import nat64.translator.session.pool4.PortBlockSettings;
import nat64.translator.session.pool4.PortRange;
import nat64.translator.session.pool4.QuarantineSettings;
import nat64.translator.session.table.Protocol;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;

class ConfigFileTest {

    private static final Path EVERY_KEY = Path.of("src/test/resources/nat64/gateway/config/every-key.yaml");

    @ParameterizedTest(name = "''{0}''")
    @ValueSource(strings = {"", "\n\n", "# only a comment\n", "---\n", "translator:\n", "dns64: {}\ntranslator: ~\n"})
    void takesFileThatSaysNothing(String text) {
        var loaded = ConfigFile.parse("nat64.yaml", text);

        assertThat(loaded.config()).isEqualTo(ConfigFile.defaults().config());
        assertThat(loaded.warnings()).isEmpty();
    }

    @Test
    @Tag("C-104")
    @Tag("R-29")
    @Tag("R-41")
    void fillsInDefaultsThatAreSafe() {
        var config = ConfigFile.defaults().config();

        assertThat(config.role()).isEqualTo(Role.BOTH);
        assertThat(config.pref64s()).containsExactly(Pref64.WELL_KNOWN);
        assertThat(config.clients()).isEqualTo(new Clients(true, List.of(), List.of()));
        assertThat(config.translateNonGlobal()).isFalse();
        assertThat(config.translator().stateful().masquerade()).isTrue();
        assertThat(config.translator().stateful().lifetimes()).isEqualTo(Lifetimes.RFC_6146);
        assertThat(config.dns64().policy())
                .isEqualTo(new Policy(
                        List.of(),
                        ViewSettings.of(List.of(Pref64.WELL_KNOWN)),
                        List.of(),
                        false,
                        new OwnNames(Optional.empty(), true),
                        RebindingProtection.except(List.of())));
        assertThat(config.dns64().queryLog().every()).isZero();
        assertThat(config.admin().listen().getAddress().isLoopbackAddress()).isTrue();
    }

    @Test
    void readsWhatTheDns64DoesToItsQuestionsAndNames() throws ConfigException {
        var dns64 = ConfigFile.parse(
                        "f", "dns64: {randomize-case: true, nat64-name: nat64.example.org, browser-canary: false}")
                .config()
                .dns64();

        assertThat(dns64.upstreams().randomizeCase()).isTrue();
        assertThat(dns64.policy().ownNames())
                .isEqualTo(new OwnNames(Optional.of(Name.fromConstantString("nat64.example.org.")), false));
    }

    @Test
    void readsPrefixesAndClients() {
        var config = everyKey();

        assertThat(config.role()).isEqualTo(Role.TRANSLATOR);
        assertThat(config.pref64s()).containsExactly(Pref64.WELL_KNOWN, Pref64.parse("2001:db8:64::/96"));
        assertThat(config.clients())
                .isEqualTo(new Clients(
                        true, List.of(Ipv6Prefix.parse("2001:db8:1::/48")), List.of(Ipv4Prefix.parse("192.0.2.0/24"))));
        assertThat(config.translateNonGlobal()).isTrue();
    }

    @Test
    void readsTranslator() {
        var translator = everyKey().translator();

        assertThat(translator.stateful().pool4()).hasSize(2);
        assertThat(translator.stateful().pool4().getFirst().ports()).isEqualTo(new PortRange(2000, 3000));
        assertThat(translator.stateful().pool4().getLast().prefix()).isEqualTo(Ipv4Prefix.parse("203.0.113.7/32"));
        assertThat(translator.stateful().pool4().getLast().ports()).isEqualTo(PortRange.ALL);
        assertThat(translator.stateful().masquerade()).isFalse();
        assertThat(translator.stateful().maxSessions()).isEqualTo(1000);
        assertThat(translator.translation().options().lowestIpv6Mtu()).isEqualTo(1400);
        assertThat(translator.stateful().lifetimes())
                .isEqualTo(Lifetimes.of(Map.of(
                        Timer.UDP, Duration.ofSeconds(150),
                        Timer.TCP_ESTABLISHED, Duration.ofHours(3),
                        Timer.TCP_OPENING, Duration.ofMinutes(5),
                        Timer.TCP_CLOSING, Duration.ofMinutes(1),
                        Timer.TCP_INCOMING_SYN, Duration.ofSeconds(7),
                        Timer.ICMP, Duration.ofSeconds(90))));
        assertThat(translator.stateful().policy())
                .isEqualTo(new StatePolicy(
                                StatePolicy.Filter.ADDRESS_DEPENDENT,
                                true,
                                64,
                                List.of(new StaticBinding(
                                        Protocol.TCP,
                                        Ipv6Address.parse("2001:db8:5::5"),
                                        80,
                                        Ipv4Address.parse("203.0.113.7"),
                                        443)),
                                List.of(Ipv4Prefix.parse("192.0.2.0/24")),
                                new QuarantineSettings(Duration.ofMinutes(3), 8),
                                new SubscriberLimits(56, 100, 50, 10))
                        .with(new PortBlockSettings(256, 2, 56)));
    }

    @Test
    void readsTheDeviceOfTheTranslator() {
        var translator = everyKey().translator();

        assertThat(translator.stateful().fragments()).isEqualTo(new FragmentLimits(Duration.ofSeconds(3), 7));
        assertThat(translator.device())
                .isEqualTo(new DeviceConfig(
                        DeviceType.TUN,
                        "tun64",
                        false,
                        Ipv6Address.parse("2001:db8:ffff::1"),
                        Ipv6Address.parse("2001:db8:ffff::2"),
                        new WorkersConfig(new AutoOr.Given<>(3), false),
                        new PcapConfig(
                                "eth6",
                                "eth4",
                                new AutoOr.Given<>(Ipv6Address.parse("fe80::1")),
                                new AutoOr.Given<>(Ipv4Address.parse("192.0.2.1"))),
                        false));
        assertThat(translator.setUpHost()).isFalse();
    }

    @Test
    void readsDns64() {
        var dns64 = everyKey().dns64();

        assertThat(dns64.listen().plain())
                .isEqualTo(new Endpoints(
                        false,
                        List.of(socket("192.0.2.1", 53), socket("2001:db8::1", 5353), socket("2001:db8::2", 53))));
        assertThat(dns64.policy().otherwise().view().excluded().prefixes()).isEmpty();
        assertThat(dns64.upstreams().servers())
                .isEqualTo(new Resolvers(true, List.of(UpstreamServer.plain(socket("198.51.100.53", 5300)))));
        assertThat(dns64.upstreams().forward())
                .containsOnly(
                        entry(
                                Name.fromConstantString("corp.example."),
                                List.of(
                                        UpstreamServer.tls(socket("192.0.2.9", 853), "dns.corp.example"),
                                        UpstreamServer.plain(socket("2001:db8::9", 5353)))),
                        entry(
                                Name.fromConstantString("2.0.192.in-addr.arpa."),
                                List.of(UpstreamServer.https(socket("2001:db8::8", 8443), "", "/dns-query"))));
        assertThat(dns64.upstreams().policy()).isEqualTo(UpstreamPolicy.ROUND_ROBIN);
        assertThat(dns64.upstreams().authorities())
                .contains(Path.of("src/test/resources/nat64/gateway/config/authorities.pem"));
        assertThat(dns64.upstreams().timeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(dns64.cache().size()).isEqualTo(1L << 30);
        assertThat(dns64.listen().threads()).isEqualTo(3);
        assertThat(dns64.queryLog()).isEqualTo(new QueryLogConfig(50, LogConfig.Format.JSON));
    }

    @Test
    void readsLog() {
        assertThat(everyKey().log()).isEqualTo(new LogConfig(LogConfig.Level.DEBUG, LogConfig.Format.JSON));
    }

    @Test
    void handsOverWhatTheTranslatorNeeds() {
        var settings = resolved().translatorSettings();

        assertThat(settings.pref64s()).isEqualTo(everyKey().pref64s());
        assertThat(settings.pool4())
                .isEqualTo(everyKey().translator().stateful().pool4());
        assertThat(settings.clients()).containsExactly(Ipv6Prefix.parse("2001:db8:5::/48"));
        assertThat(settings.translateNonGlobal()).isTrue();
        assertThat(settings.maxSessions()).isEqualTo(1000);
        assertThat(settings.ownAddress()).isEqualTo(Ipv6Address.parse("2001:db8:ffff::2"));
        assertThat(settings.translation().lowestIpv6Mtu()).isEqualTo(1400);
    }

    @Test
    void handsOverWhatTheDns64Needs() {
        var settings = resolved().dns64Settings(List.of(), List.of(), _ -> {});

        assertThat(settings.listen()).containsExactly(socket("192.0.2.1", 53));
        assertThat(settings.upstreams().servers()).containsExactly(UpstreamServer.plain(socket("198.51.100.53", 5300)));
        assertThat(settings.upstreams().all()).hasSize(4);
        assertThat(settings.upstreams().policy()).isEqualTo(UpstreamPolicy.ROUND_ROBIN);
        assertThat(settings.upstreams().authorities()).isPresent();
        assertThat(settings.clientsV6()).containsExactly(Ipv6Prefix.parse("2001:db8:5::/48"));
        assertThat(settings.clientsV4()).containsExactly(Ipv4Prefix.parse("203.0.113.0/24"));
        assertThat(settings.policy().pref64s()).isEqualTo(everyKey().pref64s());
        assertThat(settings.policy().otherwise().view().excluded().prefixes()).isEmpty();
        assertThat(settings.policy().otherwise().view().mapping().translateNonGlobal())
                .isTrue();
        assertThat(settings.upstreams().timeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.cacheBytes()).isEqualTo(1L << 30);
        assertThat(settings.threads()).isEqualTo(3);
        assertThat(settings.queryLog().every()).isEqualTo(50);
    }

    @Test
    void resolvesAutomaticClientsToThoseOfTheHost() {
        var attached = Ipv6Prefix.parse("2001:db8:2::/64");

        var clients = everyKey().clients().resolve(new Clients(false, List.of(attached), List.of()));

        assertThat(clients.auto()).isFalse();
        assertThat(clients.ipv6()).containsExactly(attached, Ipv6Prefix.parse("2001:db8:1::/48"));
        assertThat(clients.ipv4()).containsExactly(Ipv4Prefix.parse("192.0.2.0/24"));
    }

    @Test
    void leavesClientsAloneThatAreNotAutomatic() {
        var clients = ConfigFile.parse("x", "clients: [2001:db8::/32]").config().clients();

        assertThat(clients.resolve(new Clients(false, List.of(Ipv6Prefix.parse("2001:db8:2::/64")), List.of())))
                .isEqualTo(clients);
    }

    @Test
    void addsAutomaticEndpointsOnlyWhereAsked() {
        var host = List.of(socket("192.0.2.53", 53));

        var resolvers = host.stream().map(UpstreamServer::plain).toList();
        assertThat(everyKey().dns64().upstreams().servers().resolve(resolvers))
                .hasSize(2)
                .containsAll(resolvers);
        assertThat(everyKey().dns64().listen().plain().resolve(host)).doesNotContainAnyElementsOf(host);
    }

    @Test
    void refusesFileThatIsMissing(@TempDir Path directory) {
        var file = directory.resolve("nat64.yaml");

        assertThatThrownBy(() -> ConfigFile.load(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(file + ": there is no such file; ");
    }

    @Test
    void refusesDirectory(@TempDir Path directory) {
        assertThatThrownBy(() -> ConfigFile.load(directory))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(directory + ": this is a directory; ");
    }

    @Test
    void refusesOctetsThatAreNoText(@TempDir Path directory) throws Exception {
        var file = Files.write(directory.resolve("nat64.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThatThrownBy(() -> ConfigFile.load(file)).hasMessageContaining("is not UTF-8 text; save it as UTF-8");
    }

    @Test
    void refusesEndlessFile() {
        assertThatThrownBy(() -> ConfigFile.load(Path.of("/dev/zero"))).hasMessageContaining("larger than 32 MiB");
    }

    @Test
    void keepsTheFileAndItsText() throws Exception {
        var loaded = ConfigFile.load(EVERY_KEY);

        assertThat(loaded.file()).hasValue(EVERY_KEY);
        assertThat(loaded.text()).isEqualTo(Files.readString(EVERY_KEY));
        assertThat(ConfigFile.defaults().file()).isEmpty();
    }

    @Test
    void tellsAllMistakesAtOnceInTheOrderOfTheFile() {
        var text = """
                role: bot
                log: {level: loud}
                dns64:
                  cache-size: 16
                colour: red
                """;

        assertThatThrownBy(() -> ConfigFile.parse("f", text))
                .satisfies(thrown -> assertThat(((ConfigException) thrown).problems())
                        .extracting(Problem::line)
                        .containsExactly(1, 2, 4, 5));
    }

    @Test
    void readsTheEncryptedTransports() {
        var listen = everyKey().dns64().listen();
        var tls = listen.serving().tls().orElseThrow();

        assertThat(listen.auto()).isEqualTo(new AutoPorts(true, true));
        assertThat(tls.listen()).containsExactly(socket("192.0.2.2", 853));
        assertThat(tls.https()).containsExactly(socket("192.0.2.2", 8443));
        assertThat(tls.path()).isEqualTo("/dns");
        assertThat(tls.name()).hasValueSatisfying(name -> assertThat(name).hasToString("dns.example.org."));
    }

    @Test
    void readsHowClientsAreLimited() {
        var serving = everyKey().dns64().listen().serving();

        assertThat(serving.cookieSecrets()).hasValue(Path.of("/etc/nat64/cookies"));
        assertThat(serving.udpResponsesPerSecond()).isEqualTo(50);
        assertThat(ConfigFile.defaults().config().dns64().listen().serving().udpResponsesPerSecond())
                .isEqualTo(1000);
    }

    @Test
    void answersEncryptedWhereItAnswersPlain() {
        var plain = new Endpoints(false, List.of(socket("192.0.2.1", 53), socket("192.0.2.1", 5353)));
        var tls = everyKey()
                .dns64()
                .with(plain, Resolvers.NONE)
                .listen()
                .serving()
                .tls()
                .orElseThrow();

        assertThat(tls.listen()).containsExactly(socket("192.0.2.1", 853), socket("192.0.2.2", 853));
        assertThat(tls.https()).containsExactly(socket("192.0.2.1", 443), socket("192.0.2.2", 8443));
    }

    private static GatewayConfig resolved() {
        var dns64 = everyKey().dns64();
        return everyKey()
                .with(
                        new Clients(
                                false,
                                List.of(Ipv6Prefix.parse("2001:db8:5::/48")),
                                List.of(Ipv4Prefix.parse("203.0.113.0/24"))),
                        dns64.with(
                                new Endpoints(false, List.of(socket("192.0.2.1", 53))),
                                new Resolvers(false, List.of(UpstreamServer.plain(socket("198.51.100.53", 5300))))));
    }

    private static GatewayConfig everyKey() {
        return ConfigFile.load(EVERY_KEY).config();
    }

    private static InetSocketAddress socket(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }
}
