// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.pool4;

import static nat64.gateway.e2e.pool4.OwnAddressBed.GATEWAY_IN_PREF64;
import static nat64.gateway.e2e.pool4.OwnAddressBed.SECOND_SERVER_IN_PREF64;
import static nat64.gateway.e2e.pool4.OwnAddressBed.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import nat64.gateway.e2e.Beds;
import nat64.gateway.e2e.HostSnapshot;
import nat64.gateway.e2e.NeedsBed;
import nat64.gateway.system.HostException;
import nat64.gateway.testbed.Namespace;
import nat64.gateway.testbed.RandomBytes;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One IPv4 address for the host and the translator, without masquerading and without connection tracking. */
@ExtendWith(NeedsBed.class)
@SuppressWarnings("NullAway.Init")
class OwnAddressIT {

    private static final String RELOAD = "curl -sS -X POST --unix-socket %s/admin.sock http://localhost/api/v1/reload";
    private static final long OCTETS = 50_000_000;
    private static final int PUSH_SECONDS = Integer.getInteger("nat64.push.seconds", 6);

    private static TestBed bed;

    @BeforeAll
    static void start() throws Exception {
        bed = OwnAddressBed.build();
        var file = bed.directory().resolve("nat64.yaml");
        Files.writeString(file, """
                translator:
                  static-bindings:
                    - {protocol: tcp, ipv6: "[2001:db8:1::2]:80", ipv4: "auto:8080"}
                    - {protocol: udp, ipv6: "[2001:db8:1::2]:7", ipv4: "auto:7"}
                """);
        bed.startReadyGateway("--config", file.toString());
        bed.startServicesOnClient();
        Beds.run(bed.gateway(), "echo 1 >/proc/sys/net/netfilter/nf_conntrack_udp_timeout");
        Beds.run(bed.gateway(), "echo 1 >/proc/sys/net/netfilter/nf_conntrack_udp_timeout_stream");
        Beds.await(
                bed.server(),
                "curl -sS -o /dev/null -m 5 http://" + TestBed.GATEWAY_IPV4 + ":8080/octets/1 2>/dev/null");
    }

    @AfterAll
    static void remove() throws Exception {
        bed.close();
    }

    /** The kernel's connection tracking, with a second for UDP, would have forgotten the client long before. */
    @Test
    void twoServersSeeOneMappingAndAThirdPartyMayUseItUntilItsTimeIsOver() throws Exception {
        OwnAddressBed.start(bed, bed.server(), "mappings", """
                import pathlib, socket, sys, time
                def at(address, port):
                    it = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); it.bind((address, port)); return it
                first, second, third = at("%1$s", 7000), at("%2$s", 7000), at("%2$s", 7777)
                pathlib.Path(sys.argv[1], "mappings").touch()
                _, seen = first.recvfrom(100)
                _, also = second.recvfrom(100)
                third.sendto(repr((seen == also, seen[0])).encode(), seen)
                time.sleep(%3$d)
                third.sendto(b"push", seen)
                """.formatted(
                        TestBed.SERVER_ADDRESS, OwnAddressBed.SECOND_SERVER, PUSH_SECONDS));
        assertThat(python(bed.client(), """
                import socket
                it = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM); it.settimeout(120 + %3$d)
                it.sendto(b"a", ("%1$s", 7000)); it.sendto(b"b", ("%2$s", 7000))
                print(it.recv(100).decode()); print(it.recv(100).decode())
                """.formatted(SERVER_IN_PREF64, SECOND_SERVER_IN_PREF64, PUSH_SECONDS)))
                .isEqualTo("(True, '%s')\npush\n".formatted(TestBed.GATEWAY_IPV4));
        assertThat(trackedPorts()).noneMatch(port -> port >= 36_864);
    }

    @Test
    void aHundredMegabytesGoEachWayAndNoneIsTracked(@TempDir Path directory) throws Exception {
        var file = directory.resolve("upload");
        try (var out = Files.newOutputStream(file)) {
            RandomBytes.write(OCTETS, out);
        }
        for (int i = 0; i < 2; i++) {
            assertThat(client("curl -g -sS -m 240 'http://[%s]/octets/%d' | sha256sum"
                            .formatted(SERVER_IN_PREF64, OCTETS)))
                    .startsWith(RandomBytes.sha256(OCTETS));
            assertThat(client("curl -g -sS -m 240 -T %s 'http://[%s]/sha256'".formatted(file, SERVER_IN_PREF64)))
                    .isEqualTo(RandomBytes.sha256(OCTETS));
        }
        assertThat(trackedPorts()).noneMatch(port -> port >= 36_864);
    }

    @Test
    void aStaticBindingIsReachedFromOutsideAndFromInside() throws Exception {
        var path = ":8080/octets/100000";
        assertThat(Beds.run(bed.server(), "curl -sS -m 60 http://" + TestBed.GATEWAY_IPV4 + path + " | sha256sum"))
                .startsWith(RandomBytes.sha256(100_000));
        assertThat(client("curl -g -sS -m 60 'http://[" + GATEWAY_IN_PREF64 + "]" + path + "' | sha256sum"))
                .startsWith(RandomBytes.sha256(100_000));
        assertThat(Beds.run(bed.server(), Beds.echo(TestBed.GATEWAY_IPV4, 1400)))
                .isEqualToIgnoringNewLines("same");
        assertThat(client(Beds.echo(GATEWAY_IN_PREF64, 1400))).isEqualToIgnoringNewLines("same");
    }

    @Test
    void theHostsOwnTrafficAndServersAreUntouched() throws Exception {
        OwnAddressBed.start(bed, bed.gateway(), "services", """
                import http.server, pathlib, socket, sys, threading
                for port in (8022, 51820):
                    server = http.server.ThreadingHTTPServer(("", port), http.server.SimpleHTTPRequestHandler)
                    threading.Thread(target=server.serve_forever).start()
                pathlib.Path(sys.argv[1], "services").touch()
                """);
        for (var port : new int[] {8022, 51_820}) { // one inside the range of the translator, which notices it
            Beds.await(
                    bed.server(),
                    "curl -sS -o /dev/null -m 2 http://%s:%d/ 2>/dev/null".formatted(TestBed.GATEWAY_IPV4, port));
            assertThat(Beds.run(
                            bed.server(),
                            "curl -sS -m 60 -o /dev/null -w '%%{http_code}' http://%s:%d/"
                                    .formatted(TestBed.GATEWAY_IPV4, port)))
                    .isEqualTo("200");
        }
        assertThat(Beds.run(
                        bed.gateway(),
                        "curl -sS -m 60 http://%s/octets/100000 | sha256sum".formatted(TestBed.SERVER_ADDRESS)))
                .startsWith(RandomBytes.sha256(100_000));
        assertThat(Beds.run(bed.gateway(), "ping -c 10 -i 0.05 -W 5 " + TestBed.SERVER_ADDRESS))
                .contains(" 0% packet loss");
        assertThat(Beds.run(
                        bed.gateway(),
                        "dig +short +tries=3 @%s ipv4only.example.org AAAA".formatted(TestBed.GATEWAY_IPV6)))
                .contains("64:ff9b::");
    }

    @Test
    void tracerouteShowsEachHopOnce() throws Exception {
        Beds.run(bed.server(), "echo 0 >/proc/sys/net/ipv4/icmp_ratelimit"); // it would answer one probe a second
        assertThat(client("traceroute -6 -n -w 5 -q 1 " + SERVER_IN_PREF64)
                        .lines()
                        .skip(1))
                .satisfiesExactly(
                        hop -> assertThat(hop).contains(TestBed.GATEWAY_IPV6),
                        hop -> assertThat(hop).contains("64:ff9b:1:ffff::2"),
                        hop -> assertThat(hop).contains("64:ff9b::c034:c101"),
                        hop -> assertThat(hop).contains("64:ff9b::c034:c102"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1472, 6000, 30_000})
    void datagramsLargerThanAPacketAreEchoed(int octets) throws Exception {
        assertThat(client(Beds.echo(SERVER_IN_PREF64, octets))).isEqualToIgnoringNewLines("same");
    }

    @Test
    void errorsReachTheClient() throws Exception {
        assertThat(python(bed.client(), """
                import socket
                it = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM); it.settimeout(60)
                it.connect(("%s", 7999)); it.send(b"x")
                try: it.recv(1)
                except ConnectionRefusedError: print("refused")
                """.formatted(SERVER_IN_PREF64))).isEqualTo("refused\n");
        Beds.run(bed.server(), "echo 1 >/proc/sys/net/ipv4/ip_forward && ip route add unreachable 192.52.195.0/24");
        // The server sends one such error a second.
        assertThat(Beds.attempt(bed.client(), "ping -c 8 -i 0.5 -W 5 64:ff9b::192.52.195.1")
                        .output())
                .contains("Destination unreachable: No route");
    }

    @Test
    void aReloadMovesStaticBindings() throws Exception {
        var file = bed.directory().resolve("nat64.yaml");
        var before = Files.readString(file);
        Files.writeString(file, before.replace("auto:8080", "auto:8081"));
        Beds.run(bed.gateway(), RELOAD.formatted(bed.directory()));
        Beds.await(
                bed.server(),
                "curl -sS -o /dev/null -m 5 http://" + TestBed.GATEWAY_IPV4 + ":8081/octets/1 2>/dev/null");
        Files.writeString(file, before);
        Beds.run(bed.gateway(), RELOAD.formatted(bed.directory()));
        Beds.await(
                bed.server(),
                "curl -sS -o /dev/null -m 5 http://" + TestBed.GATEWAY_IPV4 + ":8080/octets/1 2>/dev/null");
    }

    /** The second one has another device and address, and leaves its host as it was. */
    @Test
    void theHostIsAsBeforeWhenTheGatewayEnds() throws Exception {
        try (var other = TestBed.build(bed.directory().getFileName() + "-b")) {
            Beds.run(other.gateway(), "ip -4 route add default via " + TestBed.SERVER_ADDRESS);
            Beds.run(other.gateway(), "echo 8080,9100-9110 >/proc/sys/net/ipv4/ip_local_reserved_ports");
            var before = HostSnapshot.of(other.gateway());
            var file = other.directory().resolve("nat64.yaml");
            Files.writeString(file, "role: translator\n");
            var daemon = other.startReadyGateway("--config", file.toString());
            assertThat(Beds.run(other.gateway(), "ip rule; cat /proc/sys/net/ipv4/ip_local_reserved_ports"))
                    .contains("lookup 6464", "8080,9100-9110,36864-65534");
            daemon.terminate();
            daemon.awaitEnd(Beds.PATIENCE);
            assertThat(HostSnapshot.of(other.gateway())).isEqualTo(before);
        }
    }

    /** Of the gateway's address; it is a server, too. */
    private static List<Integer> trackedPorts() throws HostException {
        return Pattern.compile("src=" + TestBed.GATEWAY_IPV4 + " dst=\\S+ sport=(\\d+)")
                .matcher(Beds.run(bed.gateway(), "conntrack -L 2>/dev/null"))
                .results()
                .map(port -> Integer.valueOf(port.group(1)))
                .toList();
    }

    private static String client(String line) throws HostException {
        return Beds.run(bed.client(), line);
    }

    private static String python(Namespace host, String program) throws HostException {
        return Beds.run(host, "python3 - <<'END'\n" + program + "END");
    }
}
