// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import nat64.dns64.statistics.AnswerReason;
import nat64.dns64.statistics.DropReason;

/** What a received message turns out to be. */
sealed interface Incoming {

    /** To be answered. */
    record Valid(Query query) implements Incoming {}

    /** To be answered with a header and nothing more. */
    record Invalid(int rcode, AnswerReason reason) implements Incoming {}

    /** Not to be answered. */
    record Ignored(DropReason reason) implements Incoming {}
}
