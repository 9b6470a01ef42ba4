// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.network;

import java.util.Optional;
import java.util.stream.Stream;

/** The links of default routes, in the tables {@code /proc/net/ipv6_route} and {@code /proc/net/route}. Pure. */
final class DefaultRoutes {

    private static final int IPV6_COLUMNS = 10;
    private static final int IPV6_METRIC = 5;
    private static final int IPV6_FLAGS = 8;
    private static final int IPV4_COLUMNS = 8;
    private static final int IPV4_FLAGS = 3;
    private static final int IPV4_MASK = 7;
    private static final int UP = 0x1; // include/uapi/linux/route.h
    private static final int REJECT = 0x200;

    private DefaultRoutes() {}

    /** The link with the least metric. */
    static Optional<String> ipv6(Stream<String> table) {
        return table.map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length >= IPV6_COLUMNS)
                .filter(columns -> columns[0].matches("0{32}") && columns[1].equals("00"))
                .filter(columns -> isUsed(columns[IPV6_FLAGS]))
                .min((a, b) -> Long.compare(Long.parseLong(a[IPV6_METRIC], 16), Long.parseLong(b[IPV6_METRIC], 16)))
                .map(columns -> columns[IPV6_COLUMNS - 1]);
    }

    /** The first link. */
    static Optional<String> ipv4(Stream<String> table) {
        return table.skip(1)
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length >= IPV4_COLUMNS)
                .filter(columns -> columns[1].equals("00000000") && columns[IPV4_MASK].equals("00000000"))
                .filter(columns -> isUsed(columns[IPV4_FLAGS]))
                .map(columns -> columns[0])
                .findFirst();
    }

    private static boolean isUsed(String flags) {
        long bits = Long.parseLong(flags, 16);
        return (bits & UP) != 0 && (bits & REJECT) == 0;
    }
}
