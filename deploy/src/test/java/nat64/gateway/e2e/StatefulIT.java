// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import nat64.gateway.system.HostException;
import nat64.gateway.testbed.RandomBytes;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A pool4 that IPv4 hosts reach: static bindings, hairpinning, and fragments. With connection tracking the kernel puts
 * datagrams together and cuts them again before the translator sees them; without, it sees what was sent.
 */
@ExtendWith(NeedsBed.class)
@ParameterizedClass(name = "connection tracking {0}")
@ValueSource(booleans = {false, true})
@SuppressWarnings("NullAway.Init")
class StatefulIT {

    private static final String BOUND = "192.52.194.1";
    private static final String BOUND_IN_PREF64 = "64:ff9b::192.52.194.1";
    private static final long OCTETS = 20_000_000;

    private static TestBed bed;

    private final boolean tracking;

    StatefulIT(boolean tracking) {
        this.tracking = tracking;
    }

    @BeforeParameterizedClassInvocation
    static void start(boolean tracking) throws Exception {
        bed = Beds.build();
        bed.server().run("ip route add 192.52.194.0/29 via " + TestBed.GATEWAY_IPV4);
        if (tracking) {
            Beds.run(
                    bed.gateway(),
                    "nft add table inet tracked"
                            + " && nft 'add chain inet tracked packets { type filter hook prerouting priority 0; }'"
                            + " && nft add rule inet tracked packets ct state invalid counter");
        }
        var configuration = bed.directory().resolve("nat64.yaml");
        Files.writeString(configuration, """
                translator:
                  masquerade: false
                  pool4: [{prefix: 192.52.194.0/29}]
                  static-bindings:
                    - {protocol: tcp, ipv6: "[2001:db8:1::2]:80", ipv4: "192.52.194.1:8080"}
                    - {protocol: udp, ipv6: "[2001:db8:1::2]:7", ipv4: "192.52.194.1:7"}
                    - {protocol: udp, ipv6: "[2001:db8:1::2]:9", ipv4: "192.52.194.1:9"}
                """);
        bed.startReadyGateway("--config", configuration.toString());
        bed.startServicesOnClient();
        Beds.run(
                bed.server(),
                "curl -sS -o /dev/null --retry 240 --retry-delay 1 --retry-all-errors http://" + BOUND
                        + ":8080/octets/1");
    }

    @AfterParameterizedClassInvocation
    static void remove() throws Exception {
        bed.close();
    }

    @Test
    @Tag("C-132")
    void anIpv4HostDownloadsFromAnIpv6OnlyServer() throws Exception {
        assertThat(server("curl -sS -m 240 http://" + BOUND + ":8080/octets/" + OCTETS + " | sha256sum"))
                .startsWith(RandomBytes.sha256(OCTETS));
    }

    @Test
    @Tag("C-132")
    void anIpv4HostUploadsToAnIpv6OnlyServer(@TempDir Path directory) throws Exception {
        var file = directory.resolve("upload");
        try (var out = Files.newOutputStream(file)) {
            RandomBytes.write(OCTETS, out);
        }
        assertThat(server("curl -sS -m 240 -T " + file + " http://" + BOUND + ":8080/sha256"))
                .isEqualTo(RandomBytes.sha256(OCTETS));
    }

    @Test
    @Tag("C-199")
    void anIpv6HostReachesAnotherOneByItsIpv4Address() throws Exception {
        assertThat(client(
                        "curl -g -sS -m 240 'http://[" + BOUND_IN_PREF64 + "]:8080/octets/" + OCTETS + "' | sha256sum"))
                .startsWith(RandomBytes.sha256(OCTETS));
        assertThat(client(Beds.echo(BOUND_IN_PREF64, 1400))).isEqualToIgnoringNewLines("same");
    }

    @Test
    @Tag("C-197")
    void anIpv6HostLearnsThatAnotherOneHasNoSuchPort() throws Exception {
        assertThat(Beds.attempt(
                                bed.client(),
                                "exec 3<>/dev/udp/" + BOUND_IN_PREF64
                                        + "/9 && printf x >&3 && timeout 60 head -c 1 <&3")
                        .output())
                .contains("Connection refused");
    }

    @ParameterizedTest
    @ValueSource(ints = {1472, 4000, 30_000, 60_000})
    @Tag("C-122")
    void datagramsLargerThanAPacketAreEchoed(int octets) throws Exception {
        assertThat(client(Beds.echo("64:ff9b::" + TestBed.SERVER_ADDRESS, octets)))
                .isEqualToIgnoringNewLines("same");
        assertThat(server(Beds.echo(BOUND, octets))).isEqualToIgnoringNewLines("same");
    }

    @Test
    void fragmentsReachTheTranslatorAsTheKernelLetsThem(@TempDir Path directory) throws Exception {
        var capture = Capture.start(bed.gateway(), "nat64", directory.resolve("translator.pcapng"));
        client(Beds.echo("64:ff9b::" + TestBed.SERVER_ADDRESS, 4000));
        capture.stop();
        assertThat(Beds.run(bed.gateway(), "nft list ruleset").contains("tracked"))
                .isEqualTo(tracking);
        assertThat(capture.packets("ip.flags.mf==1 || ipv6.fraghdr.more==1")).isNotEmpty();
        assertThat(capture.packets("ip.frag_offset > 0 || ipv6.fraghdr.offset > 0"))
                .isNotEmpty();
    }

    private static String client(String line) throws HostException {
        return Beds.run(bed.client(), line);
    }

    private static String server(String line) throws HostException {
        return Beds.run(bed.server(), line);
    }
}
