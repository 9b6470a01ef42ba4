// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.statistics;

import java.time.Instant;

/**
 * The certificate of the encrypted transports.
 *
 * @param expires when the one in use does
 * @param reloads how often changed files were loaded
 * @param failures how often changed files could not be used
 */
public record CertificateState(Instant expires, long reloads, long failures) {}
