// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import java.util.List;
import java.util.Optional;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Names that are answered here because the operator wants it so.
 *
 * @param nat64 the name of the NAT64 (RFC 7050, section 3.1.1): what the addresses of {@code ipv4only.arpa} are called
 * @param browserCanary whether browsers are told that resolvers of their own are not welcome: they know no Pref64, and
 *     so find no way to names that have A records only
 */
public record OwnNames(Optional<Name> nat64, boolean browserCanary) {

    /** None. */
    public static final OwnNames NONE = new OwnNames(Optional.empty(), false);

    /** If it does not exist, browsers leave off DNS over HTTPS that their user did not ask for. */
    public static final Name CANARY = Name.fromConstantString("use-application-dns.net.");

    /** The answer to clients of the view, or none if the question is for the upstream. */
    Optional<LocalAnswer> answer(Name name, int type, View view) {
        if (isCanary(name) && view.synthesizes()) {
            return Optional.of(LocalAnswer.nxDomain(CANARY));
        }
        if (!isNat64(name) || type == Type.DS) { // DS belongs to the zone above
            return Optional.empty();
        }
        return Optional.of(
                type == Type.AAAA && view.synthesizes()
                        ? LocalAnswer.data(addresses(name, view))
                        : LocalAnswer.noData(name)); // no A record: there is no server to check the connection with
    }

    /** Whether a name is the canary, and it is answered for those who need synthesis. */
    public boolean isCanary(Name name) {
        return browserCanary && name.subdomain(CANARY);
    }

    /** The configuration key behind an answer, if it is one of these. */
    public Optional<String> rule(Name name) {
        if (isCanary(name)) {
            return Optional.of("dns64.browser-canary");
        }
        return isNat64(name) ? Optional.of("RFC 7050, section 3.1.1; dns64.nat64-name") : Optional.empty();
    }

    private boolean isNat64(Name name) {
        return nat64.isPresent() && nat64.get().equals(name);
    }

    /** Pref64::WKA, for each prefix that the clients see. */
    private static List<Record> addresses(Name name, View view) {
        long ttl = Math.min(LocalAnswer.TTL, view.maxTtl());
        return view.pref64s().stream()
                .flatMap(prefix -> Ipv4OnlyArpa.ADDRESSES.stream().map(prefix::embed))
                .<Record>map(address -> new AAAARecord(name, DClass.IN, ttl, address.bytes()))
                .toList();
    }
}
