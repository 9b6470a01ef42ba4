// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.record;

import nat64.translator.address.Ipv6Prefix;

/**
 * What a subscriber has at a moment, of all protocols together.
 *
 * @param ports of pool4, without static bindings
 */
public record SubscriberRecord(Ipv6Prefix prefix, int sessions, int ports) {}
