// SPDX-License-Identifier: Apache-2.0
/**
 * HTTP for the operator. The only package that knows HTTP. Checks every request (method, size, Host, token, who may
 * change something) before it calls what the gateway has given it as {@link nat64.gateway.admin.AdminPages}. Has
 * threads of its own: one event loop that never blocks, and a few that make pages. Imports {@code json}, {@code system}
 * for files with secrets, and of the translator and the DNS64 the statistics and the way certificates are read.
 */
@NullMarked
package nat64.gateway.admin;

import org.jspecify.annotations.NullMarked;
