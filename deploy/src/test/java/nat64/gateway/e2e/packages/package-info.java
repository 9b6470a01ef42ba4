// SPDX-License-Identifier: Apache-2.0
/** The Debian package and the container image, installed and run. */
@NullMarked
package nat64.gateway.e2e.packages;

import org.jspecify.annotations.NullMarked;
