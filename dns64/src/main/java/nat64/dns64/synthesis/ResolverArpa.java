// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SVCBRecord;
import org.xbill.DNS.Type;

/**
 * The zone in which a resolver tells over which encrypted transports it can be asked (RFC 9462, section 4). It means
 * this resolver and no other, so no upstream is ever asked (section 6.4).
 *
 * @param designated records of {@code _dns.resolver.arpa}; none if there are no such transports
 */
public record ResolverArpa(List<SVCBRecord> designated) {

    static final Name ZONE = Name.fromConstantString("resolver.arpa.");
    static final Name DESIGNATED = Name.fromConstantString("_dns.resolver.arpa.");

    public ResolverArpa {
        designated = List.copyOf(designated);
    }

    Optional<LocalAnswer> answer(Name name, int type) {
        if (!name.subdomain(ZONE)) {
            return Optional.empty();
        }
        return Optional.of(
                name.equals(DESIGNATED) && type == Type.SVCB && !designated.isEmpty()
                        ? LocalAnswer.data(List.<Record>copyOf(designated))
                        : LocalAnswer.noData(ZONE));
    }
}
