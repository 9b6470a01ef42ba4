// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin.access;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where an admin server answers over TLS besides, and whose requests it trusts there.
 *
 * @param listen port 0 takes a free one
 * @param certificate a PEM file with the certificate, and those that lead to its authority
 * @param key a PEM file with its private key
 * @param token a file with the token of those who may do all; without it, TLS is for reading
 */
public record TlsListener(InetSocketAddress listen, Path certificate, Path key, Optional<Path> token) {}
