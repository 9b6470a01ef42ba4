// SPDX-License-Identifier: Apache-2.0
/** What a gateway finds out about itself and tells others, end to end. */
@NullMarked
package nat64.gateway.e2e.health;

import org.jspecify.annotations.NullMarked;
