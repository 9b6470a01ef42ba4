// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.server;

/**
 * Who is served, and how: a new configuration replaces it as a whole, so that no query sees half of each. Safe for many
 * threads.
 */
record Service(ClientList clients, Views views, Pipeline pipeline) {}
