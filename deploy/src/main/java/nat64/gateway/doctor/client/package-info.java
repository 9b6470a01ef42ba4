// SPDX-License-Identifier: Apache-2.0
/**
 * The checks of {@code nat64 doctor --client} on a host behind a gateway: Pref64 discovery (RFC 7050, RFC 8781), DNS64,
 * and packets through the NAT64. They need no configuration, and root only to hear router advertisements. A check asks
 * the network through {@link nat64.gateway.doctor.network.ClientHost}, and judges what comes back. Used by one thread.
 */
@NullMarked
package nat64.gateway.doctor.client;

import org.jspecify.annotations.NullMarked;
