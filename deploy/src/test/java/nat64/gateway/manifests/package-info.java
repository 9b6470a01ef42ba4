// SPDX-License-Identifier: Apache-2.0
/** Checks of the files that the gateway ships with. */
@NullMarked
package nat64.gateway.manifests;

import org.jspecify.annotations.NullMarked;
