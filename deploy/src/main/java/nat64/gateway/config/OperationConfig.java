// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import nat64.gateway.config.admin.AdminConfig;
import nat64.gateway.config.common.LogConfig;
import nat64.gateway.config.file.AutoOr;

/**
 * What is for the operator, not for clients.
 *
 * @param admin the HTTP server
 * @param metrics what the metrics show beside the counters
 * @param log how much is logged, and how it looks
 * @param watch whether a changed file is reloaded without a command
 * @param keepSessions whether the next gateway on this host goes on with the sessions of this one
 */
public record OperationConfig(
        AdminConfig admin, MetricsConfig metrics, LogConfig log, AutoOr<Boolean> watch, boolean keepSessions) {}
