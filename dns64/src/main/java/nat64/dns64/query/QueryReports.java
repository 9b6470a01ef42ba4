// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

/** Where the query handler reports what it did. Safe for many threads. */
public record QueryReports(Counters counters, QueryLog log) {}
