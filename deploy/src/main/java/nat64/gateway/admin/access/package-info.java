// SPDX-License-Identifier: Apache-2.0
/**
 * Who may use the admin server over TLS, apart from HTTP itself: the token and wrong ones, and where a client finds the
 * server. Imports {@code system}.
 */
@NullMarked
package nat64.gateway.admin.access;

import org.jspecify.annotations.NullMarked;
