// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.policy;

import java.util.List;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;

/**
 * Which IPv6 hosts may open sessions, to which IPv4 addresses, and how many.
 *
 * @param clients IPv6 hosts that may open sessions
 * @param translateNonGlobal whether the Well-Known Prefix may carry IPv4 addresses that are not global, against
 *     RFC 6052, section 3.1
 * @param untranslated IPv4 destinations for which translation is turned off (RFC 6888, REQ-6)
 * @param limits of each subscriber
 * @param destinations IPv4 destinations that are refused although packets could be sent there
 * @param probe what is translated whatever the rest says
 */
public record AdmissionPolicy(
        List<Ipv6Prefix> clients,
        boolean translateNonGlobal,
        List<Ipv4Prefix> untranslated,
        SubscriberLimits limits,
        DestinationPolicy destinations,
        ProbeFlow probe) {

    /** Where nothing is known of the host. */
    public AdmissionPolicy(
            List<Ipv6Prefix> clients,
            boolean translateNonGlobal,
            List<Ipv4Prefix> untranslated,
            SubscriberLimits limits) {
        this(clients, translateNonGlobal, untranslated, limits, DestinationPolicy.DEFAULT, ProbeFlow.NONE);
    }

    public AdmissionPolicy {
        clients = List.copyOf(clients);
        untranslated = List.copyOf(untranslated);
    }
}
