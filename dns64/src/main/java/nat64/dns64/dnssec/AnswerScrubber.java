// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.dnssec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Sections;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/**
 * What of an answer signatures can prove. A validator takes an answer for insecure when one of its sets is; so nothing
 * may be left in it that its sender could have taken from a zone without signatures that has no say in the matter.
 * Pure.
 */
final class AnswerScrubber {

    /** More than are followed from one answer to the next. */
    private static final int MOST_ALIASES = 32;

    private final Question question;
    private final TrustAnchors anchors;
    private final Set<Name> chain = new LinkedHashSet<>();

    private AnswerScrubber(Question question, TrustAnchors anchors) {
        this.question = question;
        this.anchors = anchors;
        chain.add(question.name());
    }

    /** The answer without what proves nothing. */
    static Outcome.Answered of(Question question, Outcome.Answered answered, TrustAnchors anchors) {
        return answered.with(new AnswerScrubber(question, anchors).of(answered.sections()));
    }

    /** How many signatures there are to be checked. */
    static long signatures(Sections sections) {
        return Stream.concat(sections.answer().stream(), sections.authority().stream())
                .filter(RRSIGRecord.class::isInstance)
                .count();
    }

    /**
     * What is put before the validator. A denial without signatures does not tell whose it is, so a SOA record without
     * signature stands in for it: it is right if the zone of the denied name needs no signatures.
     */
    static Sections forValidator(Question question, Outcome.Answered answered) {
        var sections = answered.sections();
        if (answered instanceof Outcome.Data || sections.authority().stream().anyMatch(RRSIGRecord.class::isInstance)) {
            return new Sections(sections.answer(), sections.authority(), List.of());
        }
        var denied = TrustAnchors.place(sections.endOfAliases(question.name()), question.type());
        return standIn(denied, question.dclass()).withAnswer(sections.answer());
    }

    /** A denial that is right only if the zone of that name needs no signatures. */
    static Sections standIn(Name denied, int dclass) {
        return new Sections(
                List.of(), List.of(new SOARecord(denied, dclass, 0, denied, denied, 0, 0, 0, 0, 0)), List.of());
    }

    /** Whether the signatures over some record have all ended. */
    static boolean isExpired(Sections sections, Instant now) {
        return isSignedOnly(sections, signature -> signature.getExpire().isBefore(now));
    }

    /** Whether the signatures over some record all begin later. */
    static boolean isNotYetValid(Sections sections, Instant now) {
        return isSignedOnly(sections, signature -> signature.getTimeSigned().isAfter(now));
    }

    /** Whether there is a record all of whose signatures are such. */
    private static boolean isSignedOnly(Sections sections, Predicate<RRSIGRecord> such) {
        return Stream.of(sections.answer(), sections.authority())
                .anyMatch(section -> section.stream().anyMatch(record -> {
                    var signatures = signaturesOver(record, section.stream()).toList();
                    return !signatures.isEmpty() && signatures.stream().allMatch(such);
                }));
    }

    /** The same for no longer than its signatures last (RFC 4035, section 5.3.3). */
    static Sections whileSigned(Sections sections, Instant now) {
        return sections.map(record -> Sections.withTtl(
                record,
                Math.clamp(
                        signaturesOver(record, sections.records())
                                .mapToLong(signature -> Math.min(
                                        signature.getOrigTTL(),
                                        signature.getExpire().getEpochSecond() - now.getEpochSecond()))
                                .max()
                                .orElse(record.getTTL()),
                        0,
                        record.getTTL())));
    }

    private Sections of(Sections sections) {
        var answer = withoutVainSignatures(inOrder(sections.answer()));
        var authority = withoutVainSignatures(sections.authority());
        var relevant = authority.stream()
                .filter(record -> !(record instanceof RRSIGRecord) && hasASay(record, authority))
                .toList();
        var signed = Stream.concat(
                        relevant.stream(),
                        authority.stream()
                                .filter(record -> record instanceof RRSIGRecord signature
                                        && relevant.stream().anyMatch(covered -> covers(signature, covered))))
                .toList();
        return new Sections(answer, signed, sections.additional(), sections.stale(), sections.secure());
    }

    /** From the name that is asked for along its aliases; what is not on the way is left out. */
    private List<Record> inOrder(List<Record> answer) {
        var ordered = new LinkedHashSet<Record>();
        var next = Optional.of(question.name());
        while (next.isPresent()) {
            next = follow(next.get(), answer, ordered);
        }
        return new ArrayList<>(ordered);
    }

    /** Adds what is known of this name, and returns the target of its alias. */
    private Optional<Name> follow(Name here, List<Record> answer, Set<Record> ordered) {
        answer.stream().filter(record -> isDnameAbove(record, here)).forEach(ordered::add);
        answer.stream().filter(record -> record.getName().equals(here)).forEach(ordered::add);
        return answer.stream()
                .filter(record ->
                        record instanceof CNAMERecord && record.getName().equals(here))
                .map(record -> ((CNAMERecord) record).getTarget())
                .filter(target -> chain.size() <= MOST_ALIASES && chain.add(target))
                .findFirst();
    }

    /** A DNAME, or the signature over it. */
    private boolean isDnameAbove(Record record, Name name) {
        return (record instanceof DNAMERecord || isOver(record, Type.DNAME))
                && !record.getName().equals(name)
                && anchors.mayHold(record.getName(), name);
    }

    private static boolean isOver(Record record, int type) {
        return record instanceof RRSIGRecord signature && signature.getTypeCovered() == type;
    }

    /** RFC 4035, section 5.3.1: the signer is the zone that the set is in. */
    private List<Record> withoutVainSignatures(List<Record> records) {
        return records.stream()
                .filter(record -> !(record instanceof RRSIGRecord signature)
                        || isAskedFor(signature)
                        || (isByItsZone(signature) && records.stream().anyMatch(covered -> covers(signature, covered))))
                .toList();
    }

    private boolean isAskedFor(RRSIGRecord signature) {
        return question.type() == Type.RRSIG && signature.getName().equals(question.name());
    }

    private boolean isByItsZone(RRSIGRecord signature) {
        return anchors.mayHold(
                signature.getSigner(), TrustAnchors.place(signature.getName(), signature.getTypeCovered()));
    }

    /**
     * Whether the zone that the record is in is at or above a name of the chain. NS records without signature never do.
     */
    private boolean hasASay(Record record, List<Record> authority) {
        var signers = signaturesOver(record, authority.stream())
                .map(RRSIGRecord::getSigner)
                .toList();
        if (signers.isEmpty() && record.getType() == Type.NS) {
            return false;
        }
        var zones = signers.isEmpty() ? List.of(record.getName()) : signers;
        return zones.stream()
                .allMatch(zone -> chain.stream()
                        .anyMatch(name -> anchors.mayHold(zone, TrustAnchors.place(name, question.type()))));
    }

    private static Stream<RRSIGRecord> signaturesOver(Record record, Stream<Record> records) {
        return records.filter(other -> other instanceof RRSIGRecord signature && covers(signature, record))
                .map(RRSIGRecord.class::cast);
    }

    private static boolean covers(RRSIGRecord signature, Record record) {
        return signature.getTypeCovered() == record.getType()
                && !(record instanceof RRSIGRecord)
                && signature.getName().equals(record.getName());
    }
}
