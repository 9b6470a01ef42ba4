// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.attack;

import java.time.Duration;
import java.util.List;
import nat64.gateway.e2e.NeedsBed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients open as many connections as they can, and ask nothing. */
@ExtendWith(NeedsBed.class)
@Tag("R-103")
class ConnectionsIT {

    private static final Duration ATTACK = Duration.ofSeconds(20);

    @Test
    void idleConnectionsOfOneNetworkKeepNobodyOut() throws Exception {
        try (var bed = DnsAttackBed.build("", "")) {
            var others = bed.askingOver("tcp", "1100 idle connections of 19 addresses in one /64");
            attack(bed, others, load(bed.sourcesOfOneNetwork(19), 1100), 53);
        }
    }

    @Test
    void idleConnectionsOfManyNetworksKeepNobodyOut() throws Exception {
        try (var bed = DnsAttackBed.build("", "")) {
            var others = bed.askingOver("tcp", "1100 idle connections of 50 networks");
            attack(bed, others, load(bed.sourcesOfManyNetworks(50), 1100), 53);
        }
    }

    @Test
    void idleConnectionsToThePortOfProbesKeepNoProbeWaiting() throws Exception {
        try (var bed = DnsAttackBed.build("admin: {probes: '[::]:6465'}\n", "")) {
            attack(
                    bed,
                    probes(bed, "300 idle connections to the port of probes"),
                    load(bed.sourcesOfOneNetwork(19), 300),
                    6465);
        }
    }

    @Test
    void idleConnectionsToTheAdminServerKeepNoProbeWaiting() throws Exception {
        try (var bed =
                DnsAttackBed.build("admin: {listen: '[::]:6464', allow-remote: true, probes: '[::]:6465'}\n", "")) {
            attack(
                    bed,
                    probes(bed, "70 idle connections to the admin server"),
                    load(bed.sourcesOfOneNetwork(19), 70),
                    6464);
        }
    }

    private static Others probes(DnsAttackBed bed, String attack) {
        return new Others(
                attack,
                bed.hosts().gateway(),
                "curl -s -f -m 1 -o /dev/null 'http://[" + DnsAttackBed.DNS + "]:6465/readyz'");
    }

    private static Attacker.Load load(List<String> sources, int connections) {
        return new Attacker.Load(Attacker.Kind.IDLE, sources, connections, ATTACK);
    }

    private static void attack(DnsAttackBed bed, Others others, Attacker.Load load, int port) throws Exception {
        others.succeed("before");
        var attack = Attacker.start(bed.hosts().client(), load, DnsAttackBed.DNS, port);
        others.succeed("during");
        attack.waitFor();
        others.succeed("after");
        others.print();
    }
}
