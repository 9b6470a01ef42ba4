// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import java.net.InetSocketAddress;
import java.util.Optional;
import nat64.gateway.admin.access.TlsListener;

/**
 * Where an admin server listens.
 *
 * @param tcp without TLS; port 0 takes a free one
 * @param socket a file to create; one that a crash has left is replaced
 */
public record AdminListeners(InetSocketAddress tcp, Optional<SocketFile> socket, Optional<TlsListener> tls) {}
