// SPDX-License-Identifier: Apache-2.0
/**
 * The operating system below everything else: runs commands, knows the memory of the machine and where files of the
 * running gateway lie. Imports {@code json} alone. Any thread may use it.
 */
@NullMarked
package nat64.gateway.system;

import org.jspecify.annotations.NullMarked;
