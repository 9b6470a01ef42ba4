// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import nat64.dns64.limit.ExpensiveAnswers;

/**
 * What bounds the queries of all clients.
 *
 * @param inFlight queries that are being answered
 * @param expensive answers that take much processor time
 */
public record QueryLimits(QueryAdmission inFlight, ExpensiveAnswers expensive) {}
