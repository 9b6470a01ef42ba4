// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.admin;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The admin server over TLS.
 *
 * @param listen its address
 * @param certificate a PEM file, as is its key
 * @param tokenFile what opens all commands to other hosts; without it, TLS is for reading
 */
public record AdminTls(InetSocketAddress listen, Path certificate, Path key, Optional<Path> tokenFile) {}
