// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import java.security.NoSuchAlgorithmException;
import java.util.function.IntPredicate;
import nat64.dns64.message.Sections;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;
import org.xbill.DNS.utils.base32;

/** What the denial of AAAA records proves besides (RFC 4035, section 5.4; RFC 5155, section 8.5). Pure. */
final class ProvenDenial {

    private static final base32 BASE32HEX = new base32(base32.Alphabet.BASE32HEX, false, true); // RFC 5155, section 3

    private ProvenDenial() {}

    /**
     * Whether it is proven that the name, or the end of its aliases, has no A records either. Denials of wildcards are
     * left out: they are rare, and asking is always right.
     */
    static boolean deniesA(Name name, Sections sections) {
        if (!sections.secure()) {
            return false;
        }
        var end = sections.endOfAliases(name);
        return sections.authority().stream().anyMatch(record -> deniesA(end, record));
    }

    private static boolean deniesA(Name end, Record record) {
        return switch (record) {
            case NSECRecord nsec -> nsec.getName().equals(end) && lackA(nsec::hasType);
            case NSEC3Record nsec3 -> lackA(nsec3::hasType) && isHashOf(end, nsec3);
            default -> false;
        };
    }

    /** A delegation says nothing of what the zone below it holds (RFC 6840, section 4.1). */
    private static boolean lackA(IntPredicate types) {
        boolean isDelegation = types.test(Type.NS) && !types.test(Type.SOA);
        return !types.test(Type.A) && !types.test(Type.CNAME) && !isDelegation;
    }

    private static boolean isHashOf(Name name, NSEC3Record nsec3) {
        try {
            return nsec3.getName().getLabelString(0).equalsIgnoreCase(BASE32HEX.toString(nsec3.hashName(name)));
        } catch (NoSuchAlgorithmException e) {
            return false;
        }
    }
}
