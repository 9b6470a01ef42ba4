// SPDX-License-Identifier: Apache-2.0
/**
 * Three network namespaces (client, gateway, server) and what runs in them: the daemons, and the server's DNS, HTTP
 * and UDP services. Used by the demonstration and by the end-to-end tests. Imports {@code host} only; the gateway
 * runs as a process of its own. One thread builds and removes a bed.
 */
@NullMarked
package nat64.gateway.testbed;

import org.jspecify.annotations.NullMarked;
