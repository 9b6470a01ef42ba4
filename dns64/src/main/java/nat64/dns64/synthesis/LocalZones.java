// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Names that mean nothing outside of a host or a site, and are answered here so that they don't leak: {@code localhost}
 * (RFC 6761, section 6.3), {@code test} (section 6.2), {@code invalid} (section 6.4), {@code onion} (RFC 7686),
 * {@code home.arpa} (RFC 8375), and the reverse zones of private, documentation and link-local addresses (RFC 6303,
 * section 4; RFC 7793).
 */
public final class LocalZones {

    private static final Name LOCALHOST = Name.fromConstantString("localhost.");
    private static final int LABELS_OF_TOP_LEVEL = 2; // with the root
    private static final byte[] LOOPBACK_V4 = {127, 0, 0, 1};
    private static final byte[] LOOPBACK_V6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private static final Set<Name> EMPTY = Stream.of(
                    Stream.of("test.", "invalid.", "onion.", "home.arpa."),
                    Stream.of("0", "10", "127", "254.169", "168.192", "2.0.192", "100.51.198", "113.0.203")
                            .map(zone -> zone + ".in-addr.arpa."),
                    Stream.of("255.255.255.255.in-addr.arpa."),
                    IntStream.range(16, 32).mapToObj(number -> number + ".172.in-addr.arpa."),
                    IntStream.range(64, 128).mapToObj(number -> number + ".100.in-addr.arpa."),
                    Stream.of("0." + "0.".repeat(31), "1." + "0.".repeat(31), "d.f.", "8.b.d.0.1.0.0.2.")
                            .map(zone -> zone + "ip6.arpa."),
                    Stream.of("8", "9", "a", "b").map(nibble -> nibble + ".e.f.ip6.arpa."))
            .flatMap(zones -> zones)
            .map(Name::fromConstantString)
            .collect(Collectors.toUnmodifiableSet());

    /** All zones are in these. */
    private static final List<Name> TOP_LEVELS = Stream.concat(EMPTY.stream(), Stream.of(LOCALHOST))
            .map(zone -> new Name(zone, zone.labels() - LABELS_OF_TOP_LEVEL))
            .distinct()
            .toList();

    private final Set<Name> exceptions;
    private final ForwardedNames forwarded;

    /**
     * @param exceptions domains that upstreams know, though they are, or are in, a zone that would be answered here
     */
    public LocalZones(List<Name> exceptions) {
        this(exceptions, Set.of());
    }

    /**
     * @param forwarded zones that upstreams of their own know, with all zones inside that would be answered here
     */
    public LocalZones(List<Name> exceptions, Set<Name> forwarded) {
        this.exceptions = new HashSet<>(exceptions);
        this.forwarded = ForwardedNames.in(forwarded);
    }

    /** The zones that would be answered here, and that this zone, which is forwarded, takes from it. */
    public static List<Name> shadowedBy(Name forwarded) {
        return Stream.concat(EMPTY.stream(), Stream.of(LOCALHOST))
                .filter(zone ->
                        !forwarded.equals(Name.root) && (zone.subdomain(forwarded) || forwarded.subdomain(zone)))
                .sorted()
                .toList();
    }

    /** The answer, or none if the question is for the upstream. */
    public Optional<LocalAnswer> answer(Name name, int type) {
        return mayBeLocal(name) && !forwarded.contain(name) ? search(name, type) : Optional.empty();
    }

    /** Nearly all names end elsewhere, which is seen without cutting them. */
    private static boolean mayBeLocal(Name name) {
        for (var domain : TOP_LEVELS) {
            if (name.subdomain(domain)) {
                return true;
            }
        }
        return false;
    }

    private Optional<LocalAnswer> search(Name name, int type) {
        for (int cut = 0; cut < name.labels(); cut++) {
            var zone = new Name(name, cut);
            if (exceptions.contains(zone)) {
                return Optional.empty();
            }
            if (zone.equals(LOCALHOST)) {
                return Optional.of(localhost(name, type));
            }
            if (EMPTY.contains(zone)) {
                return empty(zone, cut == 0, type);
            }
        }
        return Optional.empty();
    }

    private static Optional<LocalAnswer> empty(Name zone, boolean isApex, int type) {
        // RFC 6761, sections 6.2 and 6.4; RFC 7686, section 2: not even the apex of a top-level domain exists
        if (!isApex || zone.labels() == LABELS_OF_TOP_LEVEL) {
            return Optional.of(LocalAnswer.nxDomain(zone));
        }
        return switch (type) {
            case Type.DS -> Optional.empty(); // belongs to the zone above: this one is not signed (RFC 8375, section 4)
            case Type.SOA -> Optional.of(LocalAnswer.soa(zone));
            default -> Optional.of(LocalAnswer.noData(zone));
        };
    }

    private static LocalAnswer localhost(Name name, int type) {
        return switch (type) {
            case Type.A ->
                LocalAnswer.data(List.of(Record.newRecord(name, Type.A, DClass.IN, LocalAnswer.TTL, LOOPBACK_V4)));
            case Type.AAAA -> LocalAnswer.data(List.of(new AAAARecord(name, DClass.IN, LocalAnswer.TTL, LOOPBACK_V6)));
            default -> LocalAnswer.noData(LOCALHOST);
        };
    }
}
