// SPDX-License-Identifier: Apache-2.0
/**
 * What of a host hinders a gateway, or changes what it does, looked at before it starts: firewalls, connection
 * tracking, ports in use, networks that overlap. Each finding says what to do. Reads the host and changes nothing.
 * Imports {@code auto}, {@code config} and {@code host}. Used by one thread.
 */
@NullMarked
package nat64.gateway.preflight;

import org.jspecify.annotations.NullMarked;
