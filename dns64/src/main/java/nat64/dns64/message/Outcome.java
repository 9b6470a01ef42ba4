// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.message;

/** What became of a question to the upstream resolvers: the alternatives of RFC 6147, sections 5.1.1 to 5.1.3. */
public sealed interface Outcome {

    /** The same outcome, {@code seconds} later. */
    Outcome aged(long seconds);

    /** The upstream knows the answer, or knows that there is none. */
    sealed interface Answered extends Outcome {
        Sections sections();

        /** The same when its time is up and there is nothing newer (RFC 8767). */
        default Answered outlived() {
            return with(sections().outlived());
        }

        /** The same with other records. */
        default Answered with(Sections other) {
            return switch (this) {
                case Data _ -> new Data(other);
                case NoData _ -> new NoData(other);
                case NxDomain _ -> new NxDomain(other);
            };
        }
    }

    /** Nothing is known. */
    sealed interface Unanswered extends Outcome {
        @Override
        default Unanswered aged(long seconds) {
            return this;
        }
    }

    /** At least one record of the type asked for, perhaps at the end of a chain of aliases. */
    record Data(Sections sections) implements Answered {
        @Override
        public Data aged(long seconds) {
            return new Data(sections.aged(seconds));
        }
    }

    /** The name exists and has no record of that type; a chain of aliases may lead to it. */
    record NoData(Sections sections) implements Answered {
        @Override
        public NoData aged(long seconds) {
            return new NoData(sections.aged(seconds));
        }
    }

    /** RCODE 3: the name, or the end of its chain of aliases, does not exist. */
    record NxDomain(Sections sections) implements Answered {
        @Override
        public NxDomain aged(long seconds) {
            return new NxDomain(sections.aged(seconds));
        }
    }

    /** Any other RCODE; 2 (SERVFAIL) too when no upstream could be reached or understood. */
    record Failure(int rcode) implements Unanswered {}

    /**
     * RCODE 2, because signatures are wrong or missing, as the upstream says (RFC 8914, sections 4.7 to 4.13) or as is
     * found here: the answer may be forged, so nothing may be synthesized instead (RFC 6147, section 5.5).
     *
     * @param extendedError its code, 6 to 12
     */
    record Bogus(int extendedError) implements Unanswered {}

    /** No answer came in time. */
    record Timeout() implements Unanswered {}
}
