// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import nat64.dns64.message.Outcome;
import nat64.dns64.message.Sections;

/** What the asker of an AAAA question, or of one about a reverse name, gets to see. */
public sealed interface Plan {

    /** Real AAAA records, those of the exclusion set taken out (RFC 6147, sections 5.1.1 and 5.1.4). */
    record Native(Sections sections) implements Plan {}

    /** AAAA records made from A records (RFC 6147, section 5.1.7). */
    record Synthesized(Sections sections, Basis basis) implements Plan {}

    /** The alias of a reverse name, and what it leads to (RFC 6147, section 5.3.1). */
    record Alias(Sections sections) implements Plan {}

    /** The name exists, but there is no AAAA record to show. */
    record NoData(Sections sections, Absence absence) implements Plan {

        public NoData(Sections sections) {
            this(sections, Absence.NO_RECORDS);
        }
    }

    /** The name does not exist (RFC 6147, section 5.1.2). */
    record NxDomain(Sections sections) implements Plan {}

    /** Nothing can be said, for this cause (RFC 6147, section 5.1.6). */
    record Failed(Outcome.Unanswered cause) implements Plan {}

    /** Why no real AAAA record stood in the way. */
    enum Basis {
        /** There is none, and a SOA record says for how long. */
        NO_AAAA,
        /** There is none, or only excluded ones, and nothing says for how long. */
        NO_AAAA_FOR_NOW,
        /** RFC 6147, section 5.1.2: the AAAA question ended in an error. */
        FAILURE,
        /** RFC 6147, section 5.1.3: the AAAA question got no answer. */
        TIMEOUT,
        /** RFC 6147, section 5.1.1: the operator wants made records here, whatever there is. */
        FORCED
    }

    /** Why there is no AAAA record to show. */
    enum Absence {
        /** There are neither usable AAAA nor A records. */
        NO_RECORDS,
        /** RFC 6147, section 5.1.7: there are A records, but no prefix may carry their addresses. */
        NOT_MAPPED,
        /** Nothing is made for names of this domain. */
        EXCLUDED_DOMAIN,
        /** Nothing is made for this client, or not after such an outcome. */
        SYNTHESIS_OFF,
        /** AAAA records of this domain are not shown. */
        FILTERED
    }
}
