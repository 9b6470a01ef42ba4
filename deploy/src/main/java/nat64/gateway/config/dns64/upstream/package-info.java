// SPDX-License-Identifier: Apache-2.0
/**
 * Reads who is asked: {@code dns64.upstreams}, {@code dns64.forward}, {@code dns64.dnssec} and what belongs to them.
 * Imports {@code config.file}, {@code config.common} and the settings of the DNS64.
 */
@NullMarked
package nat64.gateway.config.dns64.upstream;

import org.jspecify.annotations.NullMarked;
