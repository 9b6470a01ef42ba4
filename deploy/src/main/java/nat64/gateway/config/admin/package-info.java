// SPDX-License-Identifier: Apache-2.0
/** The section {@code admin}: where the HTTP server for the operator listens, and who may use it. */
@NullMarked
package nat64.gateway.config.admin;

import org.jspecify.annotations.NullMarked;
