// SPDX-License-Identifier: Apache-2.0
/** The packaged program on real packets: an IPv6-only client, the gateway and an IPv4-only server in namespaces. */
@NullMarked
package nat64.gateway.e2e;

import org.jspecify.annotations.NullMarked;
