// SPDX-License-Identifier: Apache-2.0
/** Asking the resolvers behind this one. */
@NullMarked
package nat64.dns64.upstream;

import org.jspecify.annotations.NullMarked;
