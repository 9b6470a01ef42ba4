// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.live;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import nat64.gateway.config.GatewayConfig;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.session.pool4.Pool4Range;

/**
 * Addresses of pool4 that get no new bindings because an operator has said so. Until a reload, or the end of the
 * gateway. Immutable; no two prefixes overlap.
 */
public record Drained(List<Ipv4Prefix> prefixes) {

    public static final Drained NONE = new Drained(List.of());

    public Drained {
        prefixes = List.copyOf(prefixes);
    }

    /**
     * With more addresses.
     *
     * @param pool4 as it is used now
     * @param force whether all addresses may drain; no new binding can be made then
     * @throws IllegalArgumentException if pool4 has none of them, or all of them drain already, or none would be left
     */
    public Drained drain(Ipv4Prefix more, List<Pool4Range> pool4, boolean force) {
        if (pool4.stream().noneMatch(range -> range.prefix().overlaps(more))) {
            throw new IllegalArgumentException(
                    "pool4 has no address of %s; nat64 pool4 lists its addresses".formatted(more));
        }
        var next = new Drained(Stream.concat(undrained(more).prefixes().stream(), Stream.of(more))
                .toList());
        long left = next.left(pool4);
        if (left == left(pool4)) {
            throw new IllegalArgumentException(more + " is draining already");
        }
        if (left == 0 && !force) {
            throw new IllegalArgumentException("no address of pool4 would be left, so no client could open a new"
                    + " session; drain fewer addresses, or say --force");
        }
        return next;
    }

    /**
     * With fewer addresses.
     *
     * @throws IllegalArgumentException if none of them drains
     */
    public Drained undrain(Ipv4Prefix fewer) {
        if (prefixes.stream().noneMatch(fewer::overlaps)) {
            throw new IllegalArgumentException(
                    "%s is not drained; nat64 pool4 tells which addresses are".formatted(fewer));
        }
        return undrained(fewer);
    }

    /** How many addresses of pool4 may get new bindings. */
    public long left(List<Pool4Range> pool4) {
        var rest = pool4.stream().map(Pool4Range::prefix).toList();
        for (var prefix : prefixes) {
            rest = without(rest, prefix);
        }
        return rest.stream().mapToLong(Ipv4Prefix::size).sum();
    }

    /** A configuration by which these addresses drain. */
    public GatewayConfig in(GatewayConfig config) {
        var translator = config.translator();
        return config.with(translator.with(translator.stateful().draining(prefixes)));
    }

    private Drained undrained(Ipv4Prefix fewer) {
        return new Drained(without(prefixes, fewer));
    }

    private static List<Ipv4Prefix> without(List<Ipv4Prefix> prefixes, Ipv4Prefix one) {
        var rest = new ArrayList<Ipv4Prefix>();
        prefixes.forEach(prefix -> addWithout(prefix, one, rest));
        return rest;
    }

    /** Halves a prefix until each part is in the other one or outside. */
    private static void addWithout(Ipv4Prefix prefix, Ipv4Prefix one, List<Ipv4Prefix> rest) {
        if (!prefix.overlaps(one)) {
            rest.add(prefix);
        } else if (one.length() > prefix.length()) {
            int length = prefix.length() + 1;
            int upper = prefix.address() | Integer.MIN_VALUE >>> prefix.length();
            addWithout(new Ipv4Prefix(prefix.address(), length), one, rest);
            addWithout(new Ipv4Prefix(upper, length), one, rest);
        }
    }
}
