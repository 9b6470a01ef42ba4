// SPDX-License-Identifier: Apache-2.0
/** The HTTP server for the operator. The only place that knows HTTP and JSON. */
@NullMarked
package nat64.gateway.admin;

import org.jspecify.annotations.NullMarked;
