// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64;

import java.time.Duration;

/**
 * What is kept of answers.
 *
 * @param size bytes
 * @param serveStale how long answers are used after their TTL has expired, when no upstream answers
 */
public record CacheConfig(long size, Duration serveStale) {}
