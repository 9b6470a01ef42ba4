// SPDX-License-Identifier: Apache-2.0
/**
 * Routes where there are many of them: fewer that lead the same addresses to the same device, what is inside of what,
 * and when to read them again. Pure; knows addresses of the translator only.
 */
@NullMarked
package nat64.gateway.host.routes;

import org.jspecify.annotations.NullMarked;
