// SPDX-License-Identifier: Apache-2.0
/**
 * Reads the section {@code translator}. The readers check what the section says, and hand on values that cannot be
 * wrong. Imports {@code config.file}, {@code config.common} and the settings of the translator.
 */
@NullMarked
package nat64.gateway.config.translator;

import org.jspecify.annotations.NullMarked;
