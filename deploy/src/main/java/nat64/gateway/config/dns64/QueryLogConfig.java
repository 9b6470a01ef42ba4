// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64;

import nat64.gateway.config.common.LogConfig;

/**
 * The log of answered queries.
 *
 * @param every 0 for none, 1 for all, else one in so many
 */
public record QueryLogConfig(int every, LogConfig.Format format) {}
