// SPDX-License-Identifier: Apache-2.0
/** A bed of three network namespaces, the hosts in it, and the demonstration that runs on it. */
@NullMarked
package nat64.gateway.demo;

import org.jspecify.annotations.NullMarked;
