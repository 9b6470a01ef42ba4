// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import nat64.gateway.config.ConfigFile;
import nat64.translator.PacketTranslatorSettings;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;
import nat64.translator.session.record.BindingRecord;
import nat64.translator.session.record.SessionRecord;
import nat64.translator.session.record.SessionState;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.TcpState;
import nat64.translator.translate.NextHopMtus;
import org.junit.jupiter.api.Test;

class PacketInTablesTest {

    private static final String LARGE = """
            pref64: ["2001:db8:64::/96"]
            clients: ["2001:db8:1::/64"]
            translator:
              pool4: [{prefix: 198.18.0.0/16}, {prefix: 203.0.113.0/24}]
              address-dependent-filtering: true
            """;

    private static final SessionRecord KNOWN = new SessionRecord(
            new BindingRecord(
                    Protocol.TCP, Ipv6Address.parse("2001:db8:1::2"), 4000, Ipv4Address.parse("198.18.77.88"), 5000),
            Ipv4Address.parse("192.0.2.33"),
            443,
            Pref64.parse("2001:db8:64::/96"),
            new SessionState(TcpState.ESTABLISHED, false, true, Duration.ofHours(1), Duration.ofDays(40)));

    @Test
    void aPacketOfAKnownSessionLeavesByItsAddressOutOfALargePool4() throws Exception {
        var result = explain(LARGE, "tcp [2001:db8:1::2]:4000 -> [2001:db8:64::192.0.2.33]:443 ack", KNOWN);

        assertThat(result.sessions()).isEqualTo(1);
        assertThat(result.explanation().sent()).singleElement().asString().contains("198.18.77.88:5000");
    }

    @Test
    void aPacketFromIpv4FindsTheBindingAndMeetsItsFilter() throws Exception {
        assertThat(verdict("tcp 192.0.2.33:443 -> 198.18.77.88:5000 ack", KNOWN))
                .isEqualTo("none");
        assertThat(verdict("tcp 192.0.2.34:443 -> 198.18.77.88:5000 ack", KNOWN))
                .isEqualTo("address_dependent_filtering");
        assertThat(verdict("tcp 192.0.2.33:443 -> 198.18.77.88:5000 ack")).isEqualTo("no_session");
    }

    @Test
    void aPacketToAnotherClientTurnsAround() throws Exception {
        var result = explain(
                LARGE.replace("filtering: true", "filtering: false"),
                "udp [2001:db8:1::9]:1 -> [2001:db8:64::198.18.77.88]:5000",
                new SessionRecord(
                        new BindingRecord(
                                Protocol.UDP,
                                Ipv6Address.parse("2001:db8:1::2"),
                                4000,
                                Ipv4Address.parse("198.18.77.88"),
                                5000),
                        Ipv4Address.parse("192.0.2.33"),
                        53,
                        Pref64.parse("2001:db8:64::/96"),
                        new SessionState(TcpState.STATELESS, false, true, Duration.ofMinutes(1))));

        assertThat(result.explanation().sent()).singleElement().asString().contains("to [2001:db8:1::2]:4000");
    }

    @Test
    void aStaticBindingCounts() throws Exception {
        var bound = LARGE + """
                  static-bindings:
                    - {protocol: tcp, ipv4: "203.0.113.9:443", ipv6: "[2001:db8:1::80]:8443"}
                """;
        var result = explain(bound, "tcp 192.0.2.1:9 -> 203.0.113.9:443");

        assertThat(result.explanation().sent()).singleElement().asString().contains("to [2001:db8:1::80]:8443");
    }

    @Test
    void aStatelessTranslatorHasNoSessions() throws Exception {
        var siit = """
                pref64: ["2001:db8:64::/96"]
                translator:
                  mode: siit
                  stateless: {eam: [{ipv4: 192.0.2.1, ipv6: "2001:db8:4::1"}]}
                """;
        var result = explain(siit, "udp 198.51.100.7:53 -> 192.0.2.1:9");

        assertThat(result.sessions()).isZero();
        assertThat(result.explanation().sent()).singleElement().asString().contains("to [2001:db8:4::1]:9");
    }

    private static String verdict(String packet, SessionRecord... known) throws IOException {
        return explain(LARGE, packet, known).explanation().reason();
    }

    private static PacketInTables.Result explain(String config, String packet, SessionRecord... known)
            throws IOException {
        return PacketInTables.explain(PacketText.parse(packet), settings(config), (_, _) -> List.of(known));
    }

    private static PacketTranslatorSettings settings(String text) throws IOException {
        return ConfigFile.parse("test", text).config().modeSettings(NextHopMtus.UNLIMITED);
    }
}
