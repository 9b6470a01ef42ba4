// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.network;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import nat64.translator.address.Ipv6Address;

/** The command ping of iputils, which may send echo requests without root. Pure: its arguments, and what it prints. */
final class PingProgram {

    private static final int HEADERS = 40 + 8; // IPv6 and ICMPv6
    private static final Pattern ROUND_TRIP = Pattern.compile("time=([0-9.]+) ms");
    private static final Pattern TOO_BIG =
            Pattern.compile("(?:[Pp]acket too big|[Mm]essage too long)[:,] ?mtu[=:] ?(\\d+)");
    private static final Pattern UNREACHABLE =
            Pattern.compile("From (\\S+) icmp_seq=\\d+ (Destination unreachable: .*|Time exceeded: .*)");

    private PingProgram() {}

    /** One echo request in a packet of so many bytes, which must not be fragmented. */
    static List<String> command(Ipv6Address destination, int bytes) {
        return List.of(
                "ping",
                "-6",
                "-n",
                "-c",
                "1",
                "-W",
                "1",
                "-M",
                "do",
                "-s",
                String.valueOf(bytes - HEADERS),
                destination.toString());
    }

    /** What came of it. */
    static Reply read(int exitCode, String output) {
        var roundTrip = ROUND_TRIP.matcher(output);
        if (exitCode == 0) {
            return new Reply.Came(
                    roundTrip.find()
                            ? Duration.ofNanos((long) (Double.parseDouble(roundTrip.group(1)) * 1e6))
                            : Duration.ZERO);
        }
        var tooBig = TOO_BIG.matcher(output);
        if (tooBig.find()) {
            return new Reply.TooBig(Integer.parseInt(tooBig.group(1)));
        }
        var unreachable = UNREACHABLE.matcher(output);
        if (unreachable.find()) {
            return new Reply.Missing("%s says: %s".formatted(unreachable.group(1), unreachable.group(2)));
        }
        if (output.contains("Network is unreachable")) {
            return new Reply.Missing("no route leads there");
        }
        return output.contains("not permitted") || output.contains("invalid option") || output.contains("unrecognized")
                ? new Reply.Impossible("this ping can't be used ("
                        + output.strip().lines().findFirst().orElse("") + "): install the package iputils-ping")
                : new Reply.Missing("no answer within 1 s, three times");
    }
}
