// SPDX-License-Identifier: Apache-2.0
/**
 * The operator's configuration: the file as a whole, read strictly, checked before anything is touched, and handed on
 * as records that cannot be wrong. Imports the packages below: {@code config.file} reads YAML, {@code config.common}
 * has what both halves share, {@code config.translator}, {@code config.dns64} and {@code config.admin} read one section
 * each. Asks nothing of the host.
 */
@NullMarked
package nat64.gateway.config;

import org.jspecify.annotations.NullMarked;
