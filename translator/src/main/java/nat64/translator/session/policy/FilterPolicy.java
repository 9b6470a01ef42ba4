// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.policy;

/**
 * What a stateful translator lets in from the IPv4 side (RFC 6146, section 3.5). Static bindings are open to all.
 *
 * @param addressDependent whether only those may send to a binding to whose address it has sent (RFC 4787, section 5);
 *     otherwise everyone may
 * @param dropExternalTcp whether TCP connections that the IPv4 side opens are dropped
 */
public record FilterPolicy(boolean addressDependent, boolean dropExternalTcp) {

    /** What RFC 6146 and RFC 4787 recommend. */
    public static final FilterPolicy DEFAULT = new FilterPolicy(false, false);
}
