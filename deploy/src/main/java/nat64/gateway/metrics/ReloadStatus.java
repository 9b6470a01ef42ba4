// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.metrics;

import java.time.Instant;

/**
 * How taking the configuration anew went.
 *
 * @param successful whether it did the last time, or was never tried
 * @param lastTaken when the configuration that runs was taken
 */
public record ReloadStatus(boolean successful, Instant lastTaken) {}
