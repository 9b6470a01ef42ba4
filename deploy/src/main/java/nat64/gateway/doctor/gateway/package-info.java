// SPDX-License-Identifier: Apache-2.0
/**
 * The checks of {@code nat64 doctor} on a gateway: what the running gateway shows at its admin server, and what of the
 * host may be in its way. A check is a pure function of facts; {@link nat64.gateway.doctor.gateway.GatewayChecks} reads
 * them. Reads the host and changes nothing. Used by one thread.
 */
@NullMarked
package nat64.gateway.doctor.gateway;

import org.jspecify.annotations.NullMarked;
