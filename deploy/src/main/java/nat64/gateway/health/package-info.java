// SPDX-License-Identifier: Apache-2.0
/**
 * Whether clients are served, found out as they would: a packet goes through the translator and back, a question
 * through the DNS64. Each probe has a thread of its own, and says why it fails where that can be told. Imports {@code
 * host}, {@code system}, {@code json}, and packets and the device of the translator; knows no configuration.
 */
@NullMarked
package nat64.gateway.health;

import org.jspecify.annotations.NullMarked;
