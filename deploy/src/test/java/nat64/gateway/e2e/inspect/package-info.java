// SPDX-License-Identifier: Apache-2.0
/** What operators see of a gateway, and change, while it runs. */
@NullMarked
package nat64.gateway.e2e.inspect;

import org.jspecify.annotations.NullMarked;
