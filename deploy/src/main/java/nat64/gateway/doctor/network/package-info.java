// SPDX-License-Identifier: Apache-2.0
/**
 * The network as a host behind the gateway sees it: its addresses and routes, its resolvers, router advertisements, and
 * what becomes of questions, echo requests and connections. Everything but router advertisements works without root.
 * Blocks; any thread may use it.
 */
@NullMarked
package nat64.gateway.doctor.network;

import org.jspecify.annotations.NullMarked;
