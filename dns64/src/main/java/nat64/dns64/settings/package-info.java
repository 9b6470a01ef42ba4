// SPDX-License-Identifier: Apache-2.0
/**
 * What a DNS64 is told before it starts or is reconfigured. API of the module.
 *
 * <p>Imports {@code statistics} and {@code synthesis}. Immutable records; each checks its own values in its constructor
 * and throws {@link java.lang.IllegalArgumentException}, so the layers above check nothing again.
 */
@NullMarked
package nat64.dns64.settings;

import org.jspecify.annotations.NullMarked;
