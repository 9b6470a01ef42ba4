// SPDX-License-Identifier: Apache-2.0
/** Conventions that the build holds. */
@NullMarked
package nat64.gateway.arch;

import org.jspecify.annotations.NullMarked;
