// SPDX-License-Identifier: Apache-2.0
package nat64.translator.address;

import java.util.List;

/**
 * Maps IPv6 addresses to IPv4 addresses and back for a stateless translator: by an Explicit Address Mapping if one
 * matches (RFC 7757, section 3.3), else by a Pref64 (RFC 6052). The <em>rule</em> of an address is the number of the
 * mapping or Pref64 that maps it. Immutable; lookups allocate nothing.
 */
public final class StatelessMapping {

    /** No rule maps the address. */
    public static final int NONE = -1;

    private final EamTable eams;
    private final List<Pref64> pref64s;

    /**
     * IPv4 addresses without an Explicit Address Mapping get the first Pref64, if there is one; IPv6 addresses may be
     * in any Pref64.
     */
    public StatelessMapping(EamTable eams, List<Pref64> pref64s) {
        this.eams = eams;
        this.pref64s = List.copyOf(pref64s);
    }

    /** The rule of an IPv6 address, or {@link #NONE}. */
    public int rule(long high, long low) {
        int eam = eams.find(high, low);
        if (eam != EamTable.NONE) {
            return eam;
        }
        for (int i = 0; i < pref64s.size(); i++) {
            if (pref64s.get(i).contains(high, low)) {
                return eams.size() + i;
            }
        }
        return NONE;
    }

    /** The rule of an IPv4 address, or {@link #NONE} if it has no Explicit Address Mapping and there is no Pref64. */
    public int rule(int ipv4) {
        int eam = eams.find(ipv4);
        return eam == EamTable.NONE ? pref64Rule() : eam;
    }

    /** The rule of IPv4 addresses that have no Explicit Address Mapping, or {@link #NONE} if there is no Pref64. */
    public int pref64Rule() {
        return pref64s.isEmpty() ? NONE : eams.size();
    }

    /** Whether the rule is an Explicit Address Mapping; else it is a Pref64. */
    public boolean isEam(int rule) {
        return rule != NONE && rule < eams.size();
    }

    /** Whether the rule is the Well-Known Prefix. */
    public boolean isWellKnown(int rule) {
        return rule >= eams.size() && pref64s.get(rule - eams.size()).isWellKnown();
    }

    /** The IPv4 address of an IPv6 address that has this rule. */
    public int ipv4(int rule, long high, long low) {
        return isEam(rule)
                ? eams.get(rule).ipv4Of(high, low)
                : pref64s.get(rule - eams.size()).extract(high, low);
    }

    /** The upper half of the IPv6 address of an IPv4 address by this rule. */
    public long ipv6High(int rule, int ipv4) {
        return isEam(rule)
                ? eams.get(rule).ipv6High(ipv4)
                : pref64s.get(rule - eams.size()).embedHigh(ipv4);
    }

    /** The lower half of the IPv6 address of an IPv4 address by this rule. */
    public long ipv6Low(int rule, int ipv4) {
        return isEam(rule)
                ? eams.get(rule).ipv6Low(ipv4)
                : pref64s.get(rule - eams.size()).embedLow(ipv4);
    }

    /** The rule in words, to follow "A is B". */
    public String describe(int rule) {
        if (!isEam(rule)) {
            return "in the Pref64 " + pref64s.get(rule - eams.size()) + " (RFC 6052, section 2.3)";
        }
        var eam = eams.get(rule);
        return "by the mapping of " + eam.ipv4() + " to " + eam.ipv6() + " (RFC 7757, section 3.3)";
    }
}
