// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import nat64.gateway.e2e.Beds;
import nat64.gateway.system.Commands;
import nat64.gateway.testbed.RandomBytes;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node of a cluster, with a pod behind a bridge and the rules of a kube-proxy. The image runs on it as the DaemonSet
 * of deploy/kubernetes says.
 */
@ExtendWith(NeedsPackaging.class)
@SuppressWarnings("NullAway.Init")
class KubernetesNodeIT {

    private static final Path BASE = Path.of("kubernetes/base");
    private static final String SERVER = "64:ff9b::" + TestBed.SERVER_ADDRESS;
    private static final long OCTETS = 40_000_000;
    private static final String PROBE = "http://127.0.0.1:6465/readyz";
    private static final String NAME = "nat64:latest";
    private static final Pattern SAMPLE = Pattern.compile("\\[(\\d+\\.\\d+)] \\d+ bytes from");
    private static final long LARGEST_IMAGE = 120_000_000;

    @TempDir
    private static Path folder;

    private static Path image;
    private static Path root;
    private static TestBed bed;
    private static int containers;

    @BeforeAll
    static void build() throws Exception {
        image = Packages.make("image", folder);
        root = Path.of(Commands.run("podman image mount " + NAME).strip());
        bed = Beds.build();
        Beds.run(bed.gateway(), node());
        Files.createDirectory(folder.resolve("run"));
        Files.createDirectory(folder.resolve("configuration"));
        Files.copy(BASE.resolve("gateway.nat64.yaml"), folder.resolve("configuration/nat64.yaml"));
    }

    @AfterAll
    static void remove() throws Exception {
        if (bed != null) {
            bed.close();
        }
        if (root != null) {
            Commands.run("podman image unmount " + NAME);
            Commands.run("podman rmi --force " + NAME);
        }
    }

    @Test
    void theImageIsSmall() throws Exception {
        assertThat(Files.size(image)).isLessThan(LARGEST_IMAGE);
    }

    @Test
    void podsReachIpv4WhileThePodOfTheGatewayIsReplaced() throws Exception {
        var first = start();
        Beds.await(bed.client(), "ping -c 1 -W 1 " + SERVER);
        var ping = Beds.inBackground(
                bed.client(),
                "ping -D -i 0.05 -c 1000000 %s & echo $! >%s/ping; wait || true".formatted(SERVER, folder));
        var download = Beds.inBackground(
                bed.client(),
                "curl -sS --max-time 240 --limit-rate 2M http://[%s]/octets/%d | sha256sum".formatted(SERVER, OCTETS));
        Beds.await(bed.client(), "ss -Htn state established | grep -q .");

        stop(first);
        var second = start();
        assertThat(download.get()).startsWith(RandomBytes.sha256(OCTETS));
        Beds.run(bed.client(), "kill -INT $(cat %s/ping)".formatted(folder));
        stop(second);

        var times = SAMPLE.matcher(ping.get()).results().mapToDouble(found -> Double.parseDouble(found.group(1)));
        System.out.printf("the pod of the gateway was replaced: no answer for %.2f s%n", longestGap(times.toArray()));
        assertThat(Files.readString(folder.resolve("2/log"))).containsPattern("[1-9]\\d* adopted");
    }

    /** As the kubelet, a CNI plugin with a bridge, and kube-proxy leave a node. */
    private static String node() {
        return """
            sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv6.conf.default.accept_ra=2
            ip link add cni0 type bridge && ip link set cni0 up
            ip -6 address flush dev clients scope global && ip link set clients master cni0
            ip address add %s/64 dev cni0 nodad
            ip -4 route add default via %s
            nft -f - <<'END'
            table inet kube-proxy {
                chain forward {
                    type filter hook forward priority filter
                    ct state invalid drop
                    meta mark & 0x4000 == 0x4000 accept
                    ct state related,established accept
                }
                chain postrouting {
                    type nat hook postrouting priority srcnat
                    meta mark & 0x4000 == 0x4000 masquerade
                }
            }
            END
            """.formatted(TestBed.GATEWAY_IPV6, TestBed.SERVER_ADDRESS);
    }

    /** In a mount namespace of its own: crun refuses hosts with both kinds of control groups. */
    private static String run(Path bundle) {
        return """
            unshare --mount bash -euc '
                umount /sys/fs/cgroup/unified 2>/dev/null || true
                cd "$1" && mkdir -p changes root && mount -t tmpfs tmpfs changes && mkdir changes/upper changes/work
                mount -t overlay overlay -o lowerdir="$2",upperdir=changes/upper,workdir=changes/work root
                exec crun --cgroup-manager=disabled run --bundle "$1" "$3"
            ' bash %s %s %s
            """.formatted(bundle, root, bed.gateway().name() + bundle.getFileName());
    }

    /** Starts a container as the kubelet would, and waits until its probe says that it is ready. */
    private static Path start() throws Exception {
        containers++;
        var bundle = Files.createDirectory(folder.resolve(containers + ""));
        Commands.run("crun spec --bundle " + bundle);
        var file = bundle.resolve("config.json");
        var config = new NodeContainer(BASE.resolve("gateway-daemonset.yaml"))
                .config(
                        Files.readString(file),
                        bundle.resolve("root"),
                        Path.of("/run/netns", bed.gateway().name()),
                        Map.of(
                                "config", folder.resolve("configuration"),
                                "tun", Path.of("/dev/net/tun"),
                                "run", folder.resolve("run")));
        Files.writeString(file, config);
        new ProcessBuilder("bash", "-c", run(bundle))
                .redirectErrorStream(true)
                .redirectOutput(bundle.resolve("log").toFile())
                .start();
        Beds.run(
                bed.gateway(),
                "timeout 120 bash -c 'until curl -sf -m 5 -o /dev/null %s; do sleep 0.2; done' || { cat %s/log; exit 1; }"
                        .formatted(PROBE, bundle));
        return bundle;
    }

    /** As the kubelet ends a container: SIGTERM to its first process, and then it waits. */
    private static void stop(Path bundle) throws Exception {
        var name = bed.gateway().name() + bundle.getFileName();
        Commands.run("crun --cgroup-manager=disabled kill " + name + " TERM");
        var gone = "while crun state %s >/dev/null 2>&1; do sleep 0.1; done".formatted(name);
        Beds.run(bed.gateway(), "timeout 60 bash -c '" + gone + "'");
        assertThat(Files.readString(bundle.resolve("log"))).doesNotContain("ERROR");
    }

    private static double longestGap(double[] times) {
        double longest = 0;
        for (int i = 1; i < times.length; i++) {
            longest = Math.max(longest, times[i] - times[i - 1]);
        }
        return longest;
    }
}
