// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.pool4;

import static nat64.gateway.e2e.pool4.OwnAddressBed.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import nat64.gateway.e2e.Beds;
import nat64.gateway.e2e.NeedsBed;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;
import nat64.gateway.testbed.Namespace;
import nat64.gateway.testbed.RandomBytes;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The host whose address is pool4 runs containers, with the rules that Docker makes: the kernel masquerades them behind
 * the same address, with whatever ports they have.
 */
@ExtendWith(NeedsBed.class)
@SuppressWarnings("NullAway.Init")
class MasqueradedHostsIT {

    private static final String SERVER = TestBed.SERVER_ADDRESS;
    private static final long OCTETS = 5_000_000; // five seconds

    private static final String RULES = """
            nft -f - <<'END'
            table ip nat {
              chain DOCKER { iifname != "docker0" tcp dport 8081 dnat to 172.17.0.2:80; }
              chain POSTROUTING {
                type nat hook postrouting priority srcnat;
                oifname != "docker0" ip saddr 172.17.0.0/16 masquerade
              }
              chain PREROUTING { type nat hook prerouting priority dstnat; fib daddr type local jump DOCKER; }
              chain OUTPUT {
                type nat hook output priority -100;
                ip daddr != 127.0.0.0/8 fib daddr type local jump DOCKER
              }
            }
            table ip filter {
              chain DOCKER { ip daddr 172.17.0.2 iifname != "docker0" oifname "docker0" tcp dport 80 accept; }
              chain DOCKER-USER { iifname "nat64*" accept; oifname "nat64*" accept; }
              chain FORWARD {
                type filter hook forward priority filter; policy drop;
                jump DOCKER-USER
                oifname "docker0" ct state related,established accept
                oifname "docker0" jump DOCKER
                iifname "docker0" oifname != "docker0" accept
              }
            }
            table ip6 filter {
              chain DOCKER-USER { iifname "nat64*" accept; oifname "nat64*" accept; }
              chain FORWARD { type filter hook forward priority filter; policy drop; jump DOCKER-USER; }
            }
            END
            """;

    private static TestBed bed;
    private static Namespace container;

    @BeforeAll
    static void start() throws Exception {
        bed = OwnAddressBed.build();
        container = new Namespace(bed.directory().getFileName() + "-container");
        Commands.run("ip netns add " + container.name());
        Beds.run(bed.gateway(), """
                ip link add docker0 type bridge && ip link set docker0 up && ip address add 172.17.0.1/16 dev docker0
                ip link add vethc type veth peer name eth0 netns %s && ip link set vethc up master docker0
                """.formatted(container.name()));
        Beds.run(container, """
                ip link set lo up && ip link set eth0 up && ip address add 172.17.0.2/16 dev eth0
                ip route add default via 172.17.0.1
                """);
        Beds.run(bed.gateway(), RULES);
        bed.startReadyGateway();
    }

    @AfterAll
    static void remove() throws Exception {
        bed.close();
        Commands.run("ip netns delete " + container.name());
    }

    @Test
    void connectionsFromPortsOfTheTranslatorWork() throws Exception {
        for (int port = 40_000; port < 40_005; port++) {
            assertThat(Beds.run(
                            container,
                            "curl -sS -m 60 --local-port %d http://%s/octets/100000 | sha256sum"
                                    .formatted(port, SERVER)))
                    .startsWith(RandomBytes.sha256(100_000));
        }
        assertThat(Beds.run(container, "ping -c 3 -i 0.05 -W 20 " + SERVER)).contains(" 0% packet loss");
        assertThat(Beds.run(bed.client(), "ping -c 3 -i 0.05 -W 20 " + SERVER_IN_PREF64))
                .contains(" 0% packet loss");
    }

    @Test
    void errorsReachThePortsToo() throws Exception {
        assertThat(Beds.run(container, """
                python3 - <<'END'
                import socket
                it = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); it.settimeout(60); it.bind(("", 41000))
                it.connect(("%1$s", 7)); it.send(b"echo"); print(it.recv(10).decode())
                it.connect(("%1$s", 7999)); it.send(b"x")
                try: it.recv(1)
                except ConnectionRefusedError: print("refused")
                END
                """.formatted(SERVER))).isEqualTo("echo\nrefused\n");
    }

    /** The nftables table is loaded anew when a program listens on a port of the translator. */
    @Test
    void connectionsOutliveAChangeOfTheTable() throws Exception {
        var download = CompletableFuture.supplyAsync(
                () -> inContainer("curl -sS -m 240 --limit-rate 1M --local-port 42000 -D %s/begun http://%s/octets/%d"
                                .formatted(bed.directory(), SERVER, OCTETS)
                        + " | sha256sum"),
                Thread::startVirtualThread);
        Beds.await(container, "[ -s %s/begun ]".formatted(bed.directory()));

        OwnAddressBed.start(bed, bed.gateway(), "listener", """
                import pathlib, socket, sys, time
                listening = socket.socket(); listening.bind(("", 51820)); listening.listen()
                pathlib.Path(sys.argv[1], "listener").touch(); time.sleep(60)
                """);
        Beds.await(bed.gateway(), "nft list table ip nat64_own | grep -q 'dport 51820 accept'");

        assertThat(download.get(5, TimeUnit.MINUTES)).startsWith(RandomBytes.sha256(OCTETS));
    }

    @Test
    void aPublishedPortIsReached() throws Exception {
        Beds.run(
                container,
                "cd %s; timeout 120 setsid python3 -m http.server 80 >/dev/null 2>&1 &".formatted(bed.directory()));
        Beds.await(
                bed.server(), "curl -sS -o /dev/null -m 2 http://%s:8081/ 2>/dev/null".formatted(TestBed.GATEWAY_IPV4));
    }

    private static String inContainer(String line) {
        try {
            return Beds.run(container, line);
        } catch (HostException e) {
            throw new IllegalStateException(e);
        }
    }
}
