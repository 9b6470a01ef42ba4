// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import nat64.dns64.view.ClientList;
import nat64.dns64.view.Views;

/**
 * Who is served, and how: a new configuration replaces it as a whole, so that no query sees half of each. Safe for many
 * threads.
 */
public record ServingRules(ClientList clients, Views views, Pipeline pipeline) {}
