// SPDX-License-Identifier: Apache-2.0
/** What {@code auto} stands for on hosts of several kinds, and while they change. */
@NullMarked
package nat64.gateway.e2e.auto;

import org.jspecify.annotations.NullMarked;
