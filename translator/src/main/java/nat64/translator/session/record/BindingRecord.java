// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.record;

import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import nat64.translator.session.table.Bib;
import nat64.translator.session.table.Protocol;

/**
 * A binding (RFC 6146, section 3.1).
 *
 * @param client X'
 * @param clientPort x, or the identifier of an ICMP query
 * @param pool4 T, as {@code int}
 * @param pool4Port t
 */
public record BindingRecord(Protocol protocol, Ipv6Address client, int clientPort, int pool4, int pool4Port) {

    /** Of a row. */
    public static BindingRecord of(Protocol protocol, Bib bib, int row) {
        return new BindingRecord(
                protocol,
                new Ipv6Address(bib.ipv6High(row), bib.ipv6Low(row)),
                bib.ipv6Port(row),
                bib.ipv4(row),
                bib.ipv4Port(row));
    }

    @Override
    public String toString() {
        return "%s [%s]:%d = %s:%d"
                .formatted(protocol.label(), client, clientPort, Ipv4Address.format(pool4), pool4Port);
    }
}
