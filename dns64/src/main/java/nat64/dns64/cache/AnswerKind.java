// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.cache;

import java.util.concurrent.atomic.LongAdder;

/**
 * What ready answers of one sort have in common.
 *
 * @param reason why they are as they are, as metrics spell it
 * @param sent counts repetitions
 */
public record AnswerKind(String reason, LongAdder sent) {}
