// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nat64.translator.address.Ipv6Address;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * The heart of a DNS64 (RFC 6147, section 5.1): from what upstreams know about the AAAA and A records of a name to what
 * the client is told. It asks nobody and knows no time; TTLs of outcomes are what is left of them now.
 */
public final class Synthesizer {

    /** Seconds, when the denial of AAAA has no SOA record (RFC 6147, section 5.1.7). */
    static final long TTL_WITHOUT_SOA = 600;

    /** Seconds, when the AAAA question failed: RFC 6147 is silent, and real records may be back soon. */
    static final long TTL_AFTER_FAILURE = 60;

    /** A records of one answer that are looked at, so that no upstream can make us work without end. */
    static final int MAX_A_RECORDS = 100;

    private final AddressMapping mapping;
    private final ExclusionSet excluded;

    public Synthesizer(AddressMapping mapping, ExclusionSet excluded) {
        this.mapping = mapping;
        this.excluded = excluded;
    }

    /** What the client is told if the AAAA outcome alone settles it; else the A records must be asked for. */
    public Optional<Plan> decide(Outcome aaaa) {
        return switch (aaaa) {
            case Outcome.NxDomain(var sections) -> Optional.of(new Plan.NxDomain(sections));
            case Outcome.Data(var sections) -> usable(sections).map(Plan.Native::new);
            case Outcome.Bogus bogus -> Optional.of(new Plan.Failed(bogus));
            case Outcome.NoData _, Outcome.Failure _, Outcome.Timeout _ -> Optional.empty();
        };
    }

    /** What the client is told. */
    public Plan decide(Outcome aaaa, Outcome a) {
        return decide(aaaa).orElseGet(() -> withoutAaaa(aaaa, a));
    }

    private Plan withoutAaaa(Outcome aaaa, Outcome a) {
        return switch (a) {
            case Outcome.Data(var sections) -> synthesize(aaaa, sections);
            case Outcome.NoData(var sections) -> withoutBoth(aaaa, sections);
            case Outcome.NxDomain(var sections) -> new Plan.NxDomain(sections);
            case Outcome.Unanswered failed -> new Plan.Failed(failed); // section 5.1.6
        };
    }

    private Plan synthesize(Outcome aaaa, Sections a) {
        var chain = chain(a);
        var made = records(a, ttl(aaaa, a));
        if (made.isEmpty()) {
            return withoutBoth(aaaa, new Sections(chain, List.of(), List.of()));
        }
        var answer = new ArrayList<>(chain);
        answer.addAll(made);
        return new Plan.Synthesized(a.withAnswer(answer), basis(aaaa));
    }

    /** RFC 6147, section 5.4: without A records the client gets the response to its own question. */
    private static Plan withoutBoth(Outcome aaaa, Sections a) {
        return switch (aaaa) {
            case Outcome.NoData(var sections) -> new Plan.NoData(sections);
            case Outcome.Unanswered failed -> new Plan.Failed(failed); // a denial would be cached as the truth
            // All AAAA records were excluded, and their response must not be shown.
            case Outcome.Data _, Outcome.NxDomain _ -> new Plan.NoData(a);
        };
    }

    private List<Record> records(Sections a, long ttl) {
        return a.answer().stream()
                .filter(ARecord.class::isInstance)
                .limit(MAX_A_RECORDS)
                .map(ARecord.class::cast)
                .flatMap(record -> mapping.addresses(record).map(address -> aaaa(record.getName(), ttl, address)))
                .distinct()
                .toList();
    }

    private static Record aaaa(Name owner, long ttl, Ipv6Address address) {
        return new AAAARecord(owner, DClass.IN, ttl, address.octets());
    }

    /** The aliases that lead to the final name; a signature over A records proves nothing about AAAA records. */
    private static List<Record> chain(Sections sections) {
        return sections.answerWhere(record -> switch (record.getRRsetType()) {
            case Type.CNAME, Type.DNAME -> true;
            default -> false;
        });
    }

    private static long ttl(Outcome aaaa, Sections a) {
        long ofA = a.answer().stream()
                .filter(ARecord.class::isInstance)
                .mapToLong(Record::getTTL)
                .min()
                .orElse(0);
        long limit = switch (aaaa) {
            case Outcome.Answered answered -> answered.sections().negativeTtl().orElse(TTL_WITHOUT_SOA);
            case Outcome.Unanswered _ -> TTL_AFTER_FAILURE;
        };
        return Math.min(ofA, limit);
    }

    private static Plan.Basis basis(Outcome aaaa) {
        return switch (aaaa) {
            case Outcome.NoData(var sections) when sections.negativeTtl().isPresent() -> Plan.Basis.NO_AAAA;
            case Outcome.Answered _ -> Plan.Basis.NO_AAAA_FOR_NOW;
            case Outcome.Failure _, Outcome.Bogus _ -> Plan.Basis.FAILURE;
            case Outcome.Timeout _ -> Plan.Basis.TIMEOUT;
        };
    }

    /** The sections without excluded records, if AAAA records remain. */
    private Optional<Sections> usable(Sections sections) {
        if (sections.answer().stream().noneMatch(this::isExcluded)) {
            return Optional.of(sections);
        }
        // What is left of a signed set no longer matches its signature.
        var rest = sections.answerWhere(record -> !isExcluded(record) && !isSignatureOverAaaa(record));
        return rest.stream().anyMatch(AAAARecord.class::isInstance)
                ? Optional.of(sections.withAnswer(rest))
                : Optional.empty();
    }

    private boolean isExcluded(Record record) {
        return record instanceof AAAARecord aaaa && excluded.excludes(aaaa);
    }

    private static boolean isSignatureOverAaaa(Record record) {
        return record instanceof RRSIGRecord signature && signature.getTypeCovered() == Type.AAAA;
    }
}
