// SPDX-License-Identifier: Apache-2.0
/**
 * What the sections of both halves share: roles, clients, endpoints, and how addresses are written. Imports {@code
 * config.file} and the value types of the libraries. All types are immutable.
 */
@NullMarked
package nat64.gateway.config.common;

import org.jspecify.annotations.NullMarked;
