// SPDX-License-Identifier: Apache-2.0
/** What the log of bindings has of real traffic. */
@NullMarked
package nat64.gateway.e2e.log;

import org.jspecify.annotations.NullMarked;
