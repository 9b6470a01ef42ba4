// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import nat64.gateway.testbed.Namespace;
import nat64.gateway.testbed.TestBed;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Pref64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** traceroute and mtr list each hop once, by its own address, and the translator is one of them. */
@ExtendWith(NeedsBed.class)
class TracerouteIT {

    private static final String IN_PREF64 = "64:ff9b::";
    private static final String TRANSLATOR_IPV6 = "64:ff9b:1:ffff::2";
    private static final String TRANSLATOR_IPV4 = "198.19.0.1";
    private static final String CLIENT_IPV4 = "192.52.194.7";
    private static final String CLAT_IPV6 = "2001:db8:1::c1a7";

    /** Stands for a router without IPv4 address, whichever of the pool it got. */
    private static final String BORROWED = "198.18.";

    /** Both print the number of the hop first; mtr prints further addresses of a hop in lines of their own. */
    private static final Pattern HOP =
            Pattern.compile("^ *(?:\\d+[.| -]+|\\|  [`|-]+)([0-9a-f.:?*]+)", Pattern.MULTILINE);

    @SuppressWarnings("NullAway.Init")
    private TestBed bed;

    @BeforeEach
    void build() throws Exception {
        bed = Beds.build();
    }

    @AfterEach
    void remove() throws Exception {
        bed.close();
    }

    @Test
    @Tag("C-191")
    void throughNat64() throws Exception {
        bed.startReadyGateway();
        assertHops(
                bed.client(),
                IN_PREF64 + TestBed.SERVER_ADDRESS,
                TestBed.GATEWAY_IPV6,
                TRANSLATOR_IPV6,
                embedded(TestBed.GATEWAY_IPV4),
                embedded(TestBed.SERVER_ADDRESS));
    }

    @Test
    @Tag("C-006")
    void throughSiitFromBothSides() throws Exception {
        bed.server().run("ip route add " + CLIENT_IPV4 + " via " + TestBed.GATEWAY_IPV4);
        bed.startReadyGateway("--config", configuration("siit.yaml", """
                role: translator
                translator:
                  mode: siit
                  stateless:
                    eam: [{ipv4: %s, ipv6: "%s"}]
                    icmp-sources: [198.18.0.0/16]
                    translator-ipv4: %s
                """.formatted(
                        CLIENT_IPV4, TestBed.CLIENT_ADDRESS, TRANSLATOR_IPV4)));
        assertHops(bed.server(), CLIENT_IPV4, TestBed.GATEWAY_IPV4, TRANSLATOR_IPV4, BORROWED, CLIENT_IPV4);
        assertHops(
                bed.client(),
                IN_PREF64 + TestBed.SERVER_ADDRESS,
                TestBed.GATEWAY_IPV6,
                TRANSLATOR_IPV6,
                embedded(TestBed.GATEWAY_IPV4),
                embedded(TestBed.SERVER_ADDRESS));
    }

    @Test
    @Tag("C-006")
    void throughAClat() throws Exception {
        bed.startReadyGateway();
        bed.gateway().run("ip -6 route add " + CLAT_IPV6 + " via " + TestBed.CLIENT_ADDRESS);
        bed.startOnClient("--config", configuration("clat.yaml", """
                role: translator
                translator:
                  mode: clat
                  clat: {ipv6: "%s"}
                  stateless: {icmp-sources: [198.18.0.0/16], translator-ipv4: %s}
                admin: {enabled: false}
                """.formatted(CLAT_IPV6, TRANSLATOR_IPV4)));
        Beds.await(bed.client(), "ip -4 route show default | grep -q nat64");
        assertHops(
                bed.client(),
                TestBed.SERVER_ADDRESS,
                TRANSLATOR_IPV4,
                BORROWED, // the host that the CLAT runs on
                BORROWED, // the gateway
                BORROWED, // its NAT64
                TestBed.GATEWAY_IPV4,
                TestBed.SERVER_ADDRESS);
    }

    private String configuration(String name, String text) throws Exception {
        var file = bed.directory().resolve(name);
        Files.writeString(file, text);
        return file.toString();
    }

    /** With datagrams, echoes, and echoes by mtr. */
    private static void assertHops(Namespace host, String target, String... expected) throws Exception {
        for (var tool : List.of(
                "traceroute -n -N 1 -q 1 -w 10 -m 12 ",
                "traceroute -I -n -N 1 -q 1 -w 10 -m 12 ",
                "mtr -n -r -c 3 -m 12 ")) {
            var output = Beds.run(host, tool + target);
            var hops = HOP.matcher(output).results().map(TracerouteIT::address).toList();
            assertThat(hops).as(output).doesNotHaveDuplicates().hasSize(expected.length);
            for (int i = 0; i < expected.length; i++) {
                assertThat(hops.get(i)).as(output).startsWith(expected[i]);
            }
        }
    }

    private static String address(MatchResult hop) {
        return hop.group(1);
    }

    private static String embedded(String ipv4) {
        return Pref64.WELL_KNOWN.embed(Ipv4Address.parse(ipv4)).toString();
    }
}
