// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.policy;

import java.util.List;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.session.pool4.PortBlockSettings;
import nat64.translator.session.pool4.QuarantineSettings;

/**
 * What a stateful translator lets in from the IPv4 side.
 *
 * @param filter who may send to a binding
 * @param dropExternalTcp whether TCP connections that the IPv4 side opens are dropped; static bindings stay open
 * @param storedSyns how many SYNs from the IPv4 side may wait for their counterpart at a time
 * @param staticBindings all within pool4, and no two with the same side; {@code TranslatorSettings} checks that
 * @param untranslated IPv4 destinations for which translation is turned off (RFC 6888, REQ-6)
 * @param hold how long released ports rest
 * @param limits what one subscriber may take
 * @param unknownTcp what an IPv6 host is told whose TCP segment belongs to no session
 * @param destinations IPv4 destinations that are refused although packets could be sent there
 * @param probe what is translated whoever the clients are, and whatever the destinations
 * @param blocks whether subscribers have their ports in blocks
 */
public record StatePolicy(
        Filter filter,
        boolean dropExternalTcp,
        int storedSyns,
        List<StaticBinding> staticBindings,
        List<Ipv4Prefix> untranslated,
        QuarantineSettings hold,
        SubscriberLimits limits,
        UnknownTcp unknownTcp,
        DestinationPolicy destinations,
        ProbeFlow probe,
        PortBlockSettings blocks) {

    /** What RFC 6146 and RFC 6888 recommend. */
    public static final StatePolicy DEFAULT = new StatePolicy(Filter.ENDPOINT_INDEPENDENT, false, 1024, List.of());

    public static final int MOST_STORED_SYNS = 1 << 20;

    /** Who may send to a binding (RFC 4787, section 5). */
    public enum Filter {
        /** Everybody. */
        ENDPOINT_INDEPENDENT,
        /** Those to whose address it has sent, whatever the port. */
        ADDRESS_DEPENDENT
    }

    /** What becomes of a TCP segment from the IPv6 side that belongs to no session and opens none. */
    public enum UnknownTcp {
        /** Nothing is sent (RFC 6146, section 3.5.2.2). */
        DROP,
        /** ICMPv6 1/1, administratively prohibited. */
        ICMP_ERROR,
        /** A RST, as from the other endpoint (RFC 5382, section 5). */
        RESET
    }

    /** As the canonical constructor, where unknown connections get no answer and nothing is known of the host. */
    @SuppressWarnings("checkstyle:ParameterNumber") // the fields of a record
    public StatePolicy(
            Filter filter,
            boolean dropExternalTcp,
            int storedSyns,
            List<StaticBinding> staticBindings,
            List<Ipv4Prefix> untranslated,
            QuarantineSettings hold,
            SubscriberLimits limits) {
        this(
                filter,
                dropExternalTcp,
                storedSyns,
                staticBindings,
                untranslated,
                hold,
                limits,
                UnknownTcp.DROP,
                DestinationPolicy.DEFAULT,
                ProbeFlow.NONE,
                PortBlockSettings.NONE);
    }

    /** The same with other limits. */
    public StatePolicy with(SubscriberLimits otherLimits) {
        return new StatePolicy(
                filter,
                dropExternalTcp,
                storedSyns,
                staticBindings,
                untranslated,
                hold,
                otherLimits,
                unknownTcp,
                destinations,
                probe,
                blocks);
    }

    /** The same with other static bindings. */
    public StatePolicy withBindings(List<StaticBinding> otherBindings) {
        return new StatePolicy(
                filter,
                dropExternalTcp,
                storedSyns,
                otherBindings,
                untranslated,
                hold,
                limits,
                unknownTcp,
                destinations,
                probe,
                blocks);
    }

    /** The same with other rules for destinations. */
    public StatePolicy with(DestinationPolicy otherDestinations) {
        return new StatePolicy(
                filter,
                dropExternalTcp,
                storedSyns,
                staticBindings,
                untranslated,
                hold,
                limits,
                unknownTcp,
                otherDestinations,
                probe,
                blocks);
    }

    /** The same with a flow that no other rule refuses. */
    public StatePolicy with(ProbeFlow otherProbe) {
        return new StatePolicy(
                filter,
                dropExternalTcp,
                storedSyns,
                staticBindings,
                untranslated,
                hold,
                limits,
                unknownTcp,
                destinations,
                otherProbe,
                blocks);
    }

    /** The same with blocks of ports. */
    public StatePolicy with(PortBlockSettings otherBlocks) {
        return new StatePolicy(
                filter,
                dropExternalTcp,
                storedSyns,
                staticBindings,
                untranslated,
                hold,
                limits,
                unknownTcp,
                destinations,
                probe,
                otherBlocks);
    }

    /** With everything translated, the usual rest of ports, and no limits. */
    public StatePolicy(Filter filter, boolean dropExternalTcp, int storedSyns, List<StaticBinding> staticBindings) {
        this(
                filter,
                dropExternalTcp,
                storedSyns,
                staticBindings,
                List.of(),
                QuarantineSettings.DEFAULT,
                SubscriberLimits.NONE);
    }

    public StatePolicy {
        staticBindings = List.copyOf(staticBindings);
        untranslated = List.copyOf(untranslated);
        if (storedSyns < 1 || storedSyns > MOST_STORED_SYNS) {
            throw new IllegalArgumentException("between 1 and 1048576 SYNs can be stored, not " + storedSyns);
        }
    }
}
