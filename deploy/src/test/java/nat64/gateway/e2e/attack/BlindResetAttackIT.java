// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import nat64.gateway.e2e.Beds;
import nat64.gateway.e2e.NeedsBed;
import nat64.gateway.system.HostException;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A stranger who knows the addresses and ports of an idle connection, but not its sequence numbers. */
@ExtendWith(NeedsBed.class)
@SuppressWarnings("NullAway.Init")
class BlindResetAttackIT {

    private static final Pattern POOL4_PORT = Pattern.compile("(192\\.52\\.194\\.[0-7]):(\\d+)");
    private static final int RESETS = 3_000;

    private AttackBed bed;

    @BeforeEach
    void start() throws Exception {
        bed = AttackBed.start("lifetimes: {tcp-closing: 10s}");
    }

    @AfterEach
    void remove() throws Exception {
        bed.close();
    }

    @Test
    void anIdleConnectionLivesOn() throws Exception {
        var going = bed.bed.directory().resolve("attacked");
        var answer = CompletableFuture.supplyAsync(() -> request(going.toString()), Thread::startVirtualThread);
        var peer = POOL4_PORT.matcher(awaitPeer());
        assertThat(peer.find()).isTrue();
        long before = bed.metric("nat64_sessions.protocol=\"tcp\"");
        AttackBed.show("blind resets", "before", before + " session");
        Beds.run(bed.bed.client(), "sleep 6"); // the connection is idle from 5 seconds on

        var mac = bed.target("internet", 0).gatewayMac();
        var target = new Attack.Target(mac, peer.group(1), Integer.parseInt(peer.group(2)));
        AttackBed.await(bed.fromOutside(Attack.Kind.BLIND_RESETS, RESETS, 1_000, target));
        AttackBed.show("blind resets", "during", bed.metric("nat64_sessions.protocol=\"tcp\"") + " session");
        Beds.run(bed.bed.client(), "sleep 13; touch " + going); // longer than the lifetime of a reset connection

        var text = answer.get(1, TimeUnit.MINUTES);
        AttackBed.show("blind resets", "after", text.contains("200 OK") ? "the connection works" : "it is gone");
        assertThat(text).contains("200 OK");
    }

    private String request(String going) {
        try {
            return Beds.attempt(bed.bed.client(), """
                    exec 3<>/dev/tcp/64:ff9b::%s/80 && printf 'GET /octets/5 HTTP/1.1\\r\\n' >&3
                    while [ ! -e %s ]; do sleep 0.2; done
                    printf 'Host: x\\r\\nConnection: close\\r\\n\\r\\n' >&3; timeout 20 head -n 1 <&3
                    """.formatted(TestBed.SERVER_ADDRESS, going))
                    .output();
        } catch (HostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the server calls the connection. */
    private String awaitPeer() throws HostException {
        Beds.await(bed.bed.server(), "ss -tnH state established | grep -q ':80 .*192.52.194'");
        return Beds.run(bed.bed.server(), "ss -tnH state established | grep ':80 .*192.52.194'");
    }
}
