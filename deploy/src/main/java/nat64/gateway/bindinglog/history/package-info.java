// SPDX-License-Identifier: Apache-2.0
/** Reads the JSON lines of the binding log, and tells who had an address and port at a time. */
@NullMarked
package nat64.gateway.bindinglog.history;

import org.jspecify.annotations.NullMarked;
