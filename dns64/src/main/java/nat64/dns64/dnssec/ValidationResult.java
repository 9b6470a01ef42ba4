// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.dnssec;

import nat64.dns64.message.Outcome;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import org.xbill.DNS.dnssec.R;
import org.xbill.DNS.dnssec.ValidatingResolver;

/** What the validator found out about one answer. */
sealed interface ValidationResult {

    /**
     * All of it is proven.
     *
     * @param nameExists whatever its RCODE says (RFC 4035, section 5.4)
     */
    record Secure(boolean nameExists) implements ValidationResult {}

    /** It need not be proven. */
    record Insecure() implements ValidationResult {}

    /** It is not proven, and the validator does not tell why. */
    record Unexplained() implements ValidationResult {}

    /**
     * It should be proven and is not.
     *
     * @param extendedError 6 to 12 (RFC 8914, sections 4.7 to 4.13)
     */
    record Bogus(int extendedError) implements ValidationResult {}

    /** A key could not be had. */
    record Unfinished(Outcome.Unanswered cause) implements ValidationResult {}

    /** Of what the validator hands out: the AD bit, SERVFAIL with an extended error, or the answer with a reason. */
    static ValidationResult of(Message message) {
        if (message.getHeader().getFlag(Flags.AD)) {
            return new Secure(message.getRcode() == Rcode.NOERROR);
        }
        var error = extendedError(message);
        if (message.getRcode() == Rcode.SERVFAIL && !isBeyondLimits(error)) {
            return new Bogus(code(error));
        }
        return message.getRcode() == Rcode.SERVFAIL || hasReason(message) ? new Insecure() : new Unexplained();
    }

    /** RFC 5155, section 10.3: hashes that take too long are as good as none, once their signatures are checked. */
    private static boolean isBeyondLimits(@Nullable ExtendedErrorCodeOption error) {
        return error != null && R.get("failed.nsec3_ignored").equals(error.getText());
    }

    private static boolean hasReason(Message message) {
        return message.getSection(Section.ADDITIONAL).stream()
                .anyMatch(record -> record.getType() == Type.TXT
                        && record.getDClass() == ValidatingResolver.VALIDATION_REASON_QCLASS);
    }

    private static @Nullable ExtendedErrorCodeOption extendedError(Message message) {
        var opt = message.getOPT();
        return opt == null
                ? null
                : opt.getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).stream()
                        .filter(ExtendedErrorCodeOption.class::isInstance)
                        .map(ExtendedErrorCodeOption.class::cast)
                        .findFirst()
                        .orElse(null);
    }

    private static int code(@Nullable ExtendedErrorCodeOption error) {
        int code = error == null ? ExtendedErrorCodeOption.DNSSEC_BOGUS : error.getErrorCode();
        return code >= ExtendedErrorCodeOption.DNSSEC_BOGUS && code <= ExtendedErrorCodeOption.NSEC_MISSING
                ? code
                : ExtendedErrorCodeOption.DNSSEC_BOGUS;
    }
}
