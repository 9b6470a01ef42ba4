// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import nat64.dns64.statistics.AnswerReason;
import nat64.dns64.statistics.DropReason;
import org.xbill.DNS.CookieOption;

/** What a received message turns out to be. */
sealed interface Incoming {

    /** To be answered. */
    record Valid(Query query) implements Incoming {}

    /** No question, but a cookie: to be answered with one that is good (RFC 7873, section 5.4). */
    record OnlyCookies(CookieOption cookies) implements Incoming {}

    /** To be answered with a header, and an OPT record if the message has one (RFC 6891, section 6.1.1). */
    record Invalid(int rcode, AnswerReason reason) implements Incoming {}

    /** Not to be answered. */
    record Ignored(DropReason reason) implements Incoming {}
}
