// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import nat64.translator.address.Pref64;
import org.xbill.DNS.Name;

/**
 * How AAAA questions of some clients are answered. It knows nothing of the clients themselves, and nothing of prefixes
 * that are out of order: those are no longer in it.
 *
 * @param name as reports show it
 * @param synthesizes whether anything is made at all; if not, only real AAAA records are shown
 * @param mapping which AAAA records are made from an A record
 * @param excluded AAAA records that count as not there
 * @param synthesizeOn what may become of an AAAA question so that A records are asked for
 * @param domains exceptions
 * @param withCheckingDisabled for which of the clients that set CD AAAA records are made
 * @param maxTtl seconds for which what is made may be kept at most
 */
public record View(
        String name,
        boolean synthesizes,
        AddressMapping mapping,
        ExclusionSet excluded,
        Set<Cause> synthesizeOn,
        DomainModes domains,
        WithCheckingDisabled withCheckingDisabled,
        long maxTtl) {

    /** Seconds of {@link #maxTtl} that limit nothing: the TTLs of upstreams end there, too (RFC 8767, section 4). */
    public static final long LONGEST_TTL = 7 * 24 * 3600L;

    public View {
        synthesizeOn = Set.copyOf(synthesizeOn);
    }

    /** RFC 6147 and nothing else, for these prefixes. */
    public static View of(List<Pref64> pref64s) {
        return new View(
                "default",
                true,
                new AddressMapping(pref64s, false),
                ExclusionSet.DEFAULT,
                Set.of(Cause.values()),
                DomainModes.DEFAULT,
                WithCheckingDisabled.NONE,
                LONGEST_TTL);
    }

    /** For which of the clients that set CD AAAA records are made (RFC 6147, section 5.5). */
    public enum WithCheckingDisabled {
        /** For none of them: they want what there is. */
        NONE,
        /** For those without DO, which can't check signatures. */
        WITHOUT_DO,
        /** Also for those with DO, which RFC 6147 forbids: they must not check signatures. */
        ALL
    }

    /** What an AAAA question without usable records ended in. */
    public enum Cause {
        /** RFC 6147, section 5.1.2: no such record, or only excluded ones. */
        NODATA,
        /** RFC 6147, section 5.1.2: any RCODE but 0 and 3. */
        ERROR,
        /** RFC 6147, section 5.1.3: no answer in time. */
        TIMEOUT;

        private final String label = name().toLowerCase(Locale.ROOT);

        /** The name in lower case, as reports spell it. */
        public String label() {
            return label;
        }
    }

    /** The prefixes that are announced now. */
    public List<Pref64> pref64s() {
        return mapping.pref64s();
    }

    /** The mode of a name. */
    public DomainMode mode(Name asked) {
        var mode = domains.of(asked).mode();
        return synthesizes || mode == DomainMode.FILTER ? mode : DomainMode.NEVER;
    }

    /** Whether AAAA records are made for a client with these bits (RFC 6147, section 5.5). */
    public boolean serves(boolean dnssecOk, boolean checkingDisabled) {
        return !checkingDisabled
                || switch (withCheckingDisabled) {
                    case NONE -> false;
                    case WITHOUT_DO -> !dnssecOk;
                    case ALL -> true;
                };
    }

    /** The same with another mapping, for a while. */
    public View with(AddressMapping otherMapping, long otherMaxTtl) {
        return new View(
                name,
                synthesizes,
                otherMapping,
                excluded,
                synthesizeOn,
                domains,
                withCheckingDisabled,
                Math.min(maxTtl, otherMaxTtl));
    }
}
