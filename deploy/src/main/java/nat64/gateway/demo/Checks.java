// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.demo;

import java.time.Duration;
import java.util.List;
import nat64.gateway.testbed.RandomBytes;
import nat64.gateway.testbed.TestBed;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Pref64;

/** What the demonstration shows, in order. */
final class Checks {

    private static final String NAME = "ipv4only.example.org";
    private static final String SYNTHESIZED =
            Pref64.WELL_KNOWN.embed(Ipv4Address.parse(TestBed.SERVER_ADDRESS)).toString();
    private static final Duration SHORT = Duration.ofMinutes(2);
    private static final Duration LONG = Duration.ofMinutes(5);

    private Checks() {}

    /** All of it, with a download of so many octets. */
    static List<Check> all(TestBed bed, long octets) {
        return List.of(
                clientHasNoIpv4(bed),
                serverHasNoIpv6(bed),
                dns64Synthesizes(bed),
                pingReplies(bed),
                downloadIsIntact(bed, octets),
                datagramIsEchoed(bed),
                tracerouteReachesServer(bed));
    }

    private static Check clientHasNoIpv4(TestBed bed) {
        return new Check(
                "The client has no IPv4 address",
                bed.client(),
                "ip -4 address",
                SHORT,
                Checks::everyLine,
                String::isBlank);
    }

    private static Check serverHasNoIpv6(TestBed bed) {
        return new Check(
                "The server has no IPv6 address",
                bed.server(),
                "ip -6 address",
                SHORT,
                Checks::everyLine,
                String::isBlank);
    }

    private static Check dns64Synthesizes(TestBed bed) {
        return new Check(
                "DNS64 gives the IPv4-only name an IPv6 address",
                bed.client(),
                "dig +noall +answer AAAA " + NAME,
                SHORT,
                Checks::everyLine,
                output -> output.contains(SYNTHESIZED));
    }

    private static Check pingReplies(TestBed bed) {
        return new Check(
                "Ping goes through",
                bed.client(),
                "ping -c 3 -i 0.2 " + NAME,
                SHORT,
                line -> line.contains("bytes from") || line.contains("packet loss"),
                output -> output.contains(" 0% packet loss"));
    }

    private static Check downloadIsIntact(TestBed bed, long octets) {
        return new Check(
                "%,d octets come over HTTP, every one as it was sent".formatted(octets),
                bed.client(),
                "curl -sS -w '%{stderr}%{size_download} octets in %{time_total} s\\n' http://" + NAME + "/octets/"
                        + octets + " | sha256sum",
                LONG,
                Checks::everyLine,
                output -> output.contains(RandomBytes.sha256(octets)));
    }

    private static Check datagramIsEchoed(TestBed bed) {
        return new Check(
                "A UDP datagram comes back from the echo service",
                bed.client(),
                "exec 3<>/dev/udp/" + NAME + "/7 && echo 'Hello, IPv4!' >&3 && timeout 30 head -n 1 <&3",
                SHORT,
                Checks::everyLine,
                output -> output.strip().equals("Hello, IPv4!"));
    }

    private static Check tracerouteReachesServer(TestBed bed) {
        return new Check(
                "Traceroute sees the way, gateway and IPv4 hops alike",
                bed.client(),
                "traceroute -6 -n -q 1 -w 5 -m 8 " + NAME,
                Duration.ofMinutes(2),
                Checks::everyLine,
                output -> output.lines()
                        .skip(1)
                        .reduce((_, last) -> last)
                        .orElse("")
                        .contains(SYNTHESIZED));
    }

    private static boolean everyLine(String line) {
        return true;
    }
}
