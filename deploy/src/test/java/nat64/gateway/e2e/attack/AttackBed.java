// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.attack;

import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import nat64.gateway.e2e.Beds;
import nat64.gateway.system.HostException;
import nat64.gateway.testbed.TestBed;

/** A bed with a gateway whose pool4 is routed to it, attackers on both sides, and a client that they do not know. */
final class AttackBed implements AutoCloseable {

    /** An address of pool4. */
    static final String POOL4 = "192.52.194.1";

    private static final String SERVER = "64:ff9b::" + TestBed.SERVER_ADDRESS;

    final TestBed bed;

    private AttackBed(TestBed bed) {
        this.bed = bed;
    }

    /** With these lines in the section {@code translator}. */
    static AttackBed start(String translator) throws Exception {
        var started = new AttackBed(Beds.build());
        try {
            started.startGateway(translator);
            return started;
        } catch (Exception e) {
            started.close();
            throw e;
        }
    }

    private void startGateway(String translator) throws Exception {
        bed.gateway().run("ip route add " + Attack.NOWHERE + " via " + TestBed.SERVER_ADDRESS);
        bed.gateway().run("ip -6 route add blackhole " + Attack.ATTACKERS);
        bed.server().run("ip route add blackhole " + Attack.NOWHERE);
        bed.server().run("ip route add 192.52.194.0/29 via " + TestBed.GATEWAY_IPV4);
        var configuration = bed.directory().resolve("nat64.yaml");
        Files.writeString(configuration, """
                clients: [auto, "%s"]
                translator:
                  masquerade: false
                  pool4: [{prefix: 192.52.194.0/29}]
                """.formatted(Attack.ATTACKERS) + translator.indent(2));
        bed.startReadyGateway("--config", configuration.toString());
    }

    /** Sends from the IPv6 side. */
    CompletableFuture<Void> fromInside(Attack.Kind kind, int packets, int perSecond) throws HostException {
        return Attack.start(bed.client(), kind, packets, perSecond, target("clients", 0));
    }

    /** Sends from the IPv4 side, to a port of pool4. */
    CompletableFuture<Void> fromOutside(Attack.Kind kind, int packets, int perSecond, Attack.Target target) {
        return Attack.start(bed.server(), kind, packets, perSecond, target);
    }

    /** A port of {@link #POOL4}, by the gateway's interface of that name. */
    Attack.Target target(String device, int port) throws HostException {
        var mac = Beds.run(bed.gateway(), "cat /sys/class/net/" + device + "/address");
        return new Attack.Target(mac.strip(), POOL4, port);
    }

    /** How many of twenty new UDP sessions of the client are answered. As a resolver does, it asks three times. */
    int udp() throws HostException {
        return count("exec 3<>/dev/udp/" + SERVER + "/7; for try in 1 2 3; do printf x >&3;"
                + " [ \"$(timeout 2 head -c 1 <&3)\" != x ] || exit 0; done; exit 1");
    }

    /** How many of twenty new TCP connections of the client bring what they ask for. */
    int tcp() throws HostException {
        return count("[ \"$(curl -sS -m 10 http://[" + SERVER + "]/octets/100 | wc -c)\" = 100 ]");
    }

    /** How many of twenty pings of the client, each with its own identifier, are answered within five seconds. */
    int pings() throws HostException {
        return count("ping -c 1 -w 5 " + SERVER + " >/dev/null");
    }

    /** Writes the success of others at a moment of an attack. */
    static void show(String attack, String moment, Object success) {
        System.out.println(attack + ": others " + moment + " the attack: " + success);
    }

    /** Waits for the end of an attack. */
    static void await(CompletableFuture<Void> attack) throws Exception {
        attack.get(Beds.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** The sum of the samples whose names begin so. */
    long metric(String sample) throws HostException {
        var metrics = Beds.run(bed.gateway(), "curl -sS " + TestBed.METRICS_URL);
        return Pattern.compile("(?m)^" + sample + ".* ([0-9.E]+)$")
                .matcher(metrics)
                .results()
                .mapToLong(line -> (long) Double.parseDouble(line.group(1)))
                .sum();
    }

    private int count(String attempt) throws HostException {
        var line = "n=0; for i in {1..20}; do if ( " + attempt + " ) 2>/dev/null; then n=$((n+1)); fi; done; echo $n";
        return Integer.parseInt(Beds.run(bed.client(), line).strip());
    }

    @Override
    public void close() throws HostException {
        bed.close();
    }
}
