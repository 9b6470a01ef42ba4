// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.auto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import nat64.gateway.e2e.Beds;
import nat64.gateway.e2e.NeedsBed;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Addresses, links and resolvers that come and go while the gateway runs, or come late. Nothing is restarted. */
@ExtendWith(NeedsBed.class)
@SuppressWarnings("NullAway.Init")
class LivingAutoIT {

    private static final String SERVER = "64:ff9b::" + TestBed.SERVER_ADDRESS;

    /** For a busy machine; an idle one takes less than two seconds. */
    private static final long LONGEST_MILLIS = 15_000;

    private TestBed bed;

    @BeforeEach
    void build() throws Exception {
        bed = Beds.build();
        Beds.run(bed.gateway(), """
                ip -4 route add default via %s
                echo 1 >/proc/sys/net/ipv6/conf/clients/accept_dad
                """.formatted(TestBed.SERVER_ADDRESS));
    }

    @AfterEach
    void remove() throws Exception {
        bed.close();
    }

    @Test
    void aLanThatGetsItsCarrierAfterTheStartIsServed() throws Exception {
        Beds.run(bed.client(), "ip link set eth0 down");
        Beds.run(bed.gateway(), """
                ip link set clients down && ip link set clients up && ip -6 address add 2001:db8:1::1/64 dev clients
                """);
        bed.startGateway();
        awaitReadiness("no address yet where DNS could be answered");

        Beds.run(bed.client(), """
                ip link set eth0 up && ip -6 address replace 2001:db8:1::2/64 dev eth0 nodad
                ip -6 route replace default via 2001:db8:1::1
                """);
        assertServedSoon("2001:db8:1::1", "a carrier");
        awaitReadiness("^ready$");
    }

    @Test
    void aLanThatIsRenumberedIsServed() throws Exception {
        bed.startReadyGateway();

        Beds.run(bed.gateway(), """
                ip -6 address add 2001:db8:9::1/64 dev clients nodad
                ip -6 address delete 2001:db8:1::1/64 dev clients
                """);
        Beds.run(bed.client(), """
                ip -6 address add 2001:db8:9::2/64 dev eth0 nodad && ip -6 address delete 2001:db8:1::2/64 dev eth0
                ip -6 route replace default via 2001:db8:9::1
                """);
        assertServedSoon("2001:db8:9::1", "another prefix");
        assertThat(Beds.attempt(bed.gateway(), "ss -Hlun | grep -F '[2001:db8:1::1]:53'")
                        .output())
                .isEmpty();
    }

    @Test
    void anUplinkThatIsRenumberedIsUsed() throws Exception {
        bed.startReadyGateway();
        Beds.run(bed.client(), "ping -c 1 -W 20 " + SERVER);

        Beds.run(bed.gateway(), """
                ip -4 address add 192.52.193.9/24 dev internet && ip -4 address delete 192.52.193.1/24 dev internet
                ip -4 address replace 192.52.193.9/24 dev internet; ip -4 route replace default via %s
                """.formatted(TestBed.SERVER_ADDRESS));
        assertServedSoon(TestBed.GATEWAY_IPV6, "another uplink address");
        Beds.await(
                bed.gateway(),
                "grep -q 'auto: no DNS on 192.52.193.9 of internet' %s/gateway.log".formatted(bed.directory()));
    }

    @Test
    void resolversThatComeLateAreAsked() throws Exception {
        var resolvConf = Path.of("/etc/netns", bed.gateway().name(), "resolv.conf");
        var text = Files.readString(resolvConf);
        Files.writeString(resolvConf, "");
        bed.startGateway();
        awaitReadiness("names no resolver that could be asked yet");

        Files.writeString(resolvConf, text);
        assertServedSoon(TestBed.GATEWAY_IPV6, "a resolver");
        awaitReadiness("^ready$");
    }

    @Test
    void anAddressThatAnotherHostHasIsSkippedUntilItIsFree() throws Exception {
        Beds.run(bed.client(), "ip -6 address add 2001:db8:1::77/64 dev eth0 nodad");
        Beds.run(bed.gateway(), "ip -6 address add 2001:db8:1::77/64 dev clients");
        Beds.await(bed.gateway(), "ip -6 address show dev clients dadfailed | grep -q 2001:db8:1::77");
        var gateway = bed.startReadyGateway();
        assertThat(gateway.log()).contains("auto: no DNS on 2001:db8:1::77 of clients: another host");
        assertServedSoon(TestBed.GATEWAY_IPV6, "the start");

        Beds.run(bed.client(), "ip -6 address delete 2001:db8:1::77/64 dev eth0");
        Beds.run(bed.gateway(), """
                ip -6 address delete 2001:db8:1::77/64 dev clients && ip -6 address add 2001:db8:1::77/64 dev clients
                """);
        assertServedSoon("2001:db8:1::77", "an address that is free");
    }

    @Test
    void anAddressThatIsNamedAndComesLateIsListenedOn() throws Exception {
        var file = bed.directory().resolve("nat64.yaml");
        Files.writeString(file, "dns64: {listen: ['[2001:db8:1::99]:53']}\n");
        bed.startGateway("--config", file.toString());
        awaitReadiness("cannot listen on .*2001:db8:1::99");

        Beds.run(bed.gateway(), "ip -6 address add 2001:db8:1::99/64 dev clients nodad");
        assertServedSoon("2001:db8:1::99", "an address that was named");
        awaitReadiness("^ready$");
    }

    /** DNS at an address, and translation. */
    private void assertServedSoon(String address, String event) throws Exception {
        var millis = Long.parseLong(
                Beds.run(bed.client(), """
                t=$(date +%%s%%N)
                until dig +time=1 +tries=1 +short ipv4only.example.org AAAA @%s 2>/dev/null | grep -q '^64:ff9b::'
                do sleep 0.05; done
                until ping -c 1 -W 1 %s >/dev/null 2>&1; do :; done
                echo $((($(date +%%s%%N) - t) / 1000000))
                """.formatted(address, SERVER)).strip());
        System.out.printf("after %s: served after %d ms%n", event, millis);
        assertThat(millis).isLessThan(LONGEST_MILLIS);
    }

    private void awaitReadiness(String pattern) throws Exception {
        Beds.await(bed.gateway(), "curl -sS %s | grep -q '%s'".formatted(TestBed.READY_URL, pattern));
    }
}
