// SPDX-License-Identifier: Apache-2.0
/**
 * HTTP for the operator. The only package that knows HTTP. Checks every request (method, size, Host, who may change
 * something) before it calls what the gateway has given it as {@link nat64.gateway.admin.AdminPages}. Has threads of
 * its own: one event loop that never blocks, and a few that make pages. Imports {@code json} and the statistics of
 * the translator and the DNS64.
 */
@NullMarked
package nat64.gateway.admin;

import org.jspecify.annotations.NullMarked;
