// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import java.util.List;
import java.util.Optional;
import nat64.translator.address.Ipv4Address;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * The name by which hosts learn the Pref64 (RFC 7050). A DNS64 answers it by itself and never asks for it (RFC 8880,
 * section 7.1).
 */
public final class Ipv4OnlyArpa {

    public static final Name NAME = Name.fromConstantString("ipv4only.arpa.");

    /** 192.0.0.170 and 192.0.0.171 (RFC 7050, section 2.2). */
    static final List<Integer> ADDRESSES = List.of(Ipv4Address.parse("192.0.0.170"), Ipv4Address.parse("192.0.0.171"));

    private Ipv4OnlyArpa() {}

    /** The answer to clients of the view, or none if the question is for the upstream. */
    static Optional<LocalAnswer> answer(Name name, int type, View view) {
        if (!name.subdomain(NAME)) {
            return Optional.empty();
        }
        if (!name.equals(NAME)) {
            return Optional.of(LocalAnswer.nxDomain(NAME));
        }
        return switch (type) {
            case Type.DS -> Optional.empty(); // belongs to arpa, and shows that the name is not signed (RFC 8880, 7.1)
            case Type.A -> Optional.of(LocalAnswer.data(a()));
            case Type.AAAA -> Optional.of(view.synthesizes() ? LocalAnswer.data(aaaa(view)) : LocalAnswer.noData(NAME));
            default -> Optional.of(LocalAnswer.noData(NAME));
        };
    }

    private static List<Record> a() {
        return ADDRESSES.stream()
                .map(address -> Record.newRecord(NAME, Type.A, DClass.IN, LocalAnswer.TTL, bytes(address)))
                .toList();
    }

    private static List<Record> aaaa(View view) {
        long ttl = Math.min(LocalAnswer.TTL, view.maxTtl());
        return view.pref64s().stream()
                .flatMap(prefix -> ADDRESSES.stream().map(prefix::embed))
                .<Record>map(address -> new AAAARecord(NAME, DClass.IN, ttl, address.octets()))
                .toList();
    }

    private static byte[] bytes(int address) {
        return new byte[] {(byte) (address >>> 24), (byte) (address >>> 16), (byte) (address >>> 8), (byte) address};
    }
}
