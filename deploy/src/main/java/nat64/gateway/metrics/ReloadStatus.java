// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.metrics;

import java.time.Instant;

/**
 * The result of the last reload of the configuration.
 *
 * @param successful whether it did the last time, or was never tried
 * @param lastTaken when the configuration that runs was taken
 */
public record ReloadStatus(boolean successful, Instant lastTaken) {}
