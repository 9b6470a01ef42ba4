// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Sections;
import nat64.translator.address.Ipv6Address;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * The heart of a DNS64 (RFC 6147, section 5.1): from what upstreams know about the AAAA and A records of a name to what
 * the clients of a view get. It asks no upstream and reads no clock; TTLs of outcomes are what is left of them now.
 */
public final class Synthesizer {

    /** Seconds, when the denial of AAAA has no SOA record (RFC 6147, section 5.1.7). */
    static final long TTL_WITHOUT_SOA = 600;

    /** Seconds, when the AAAA question failed: RFC 6147 is silent, and real records may be back soon. */
    static final long TTL_AFTER_FAILURE = 60;

    /** Seconds for which a client may cache that a filtered domain has no AAAA records. */
    static final long TTL_OF_FILTER = 300;

    /** A records of one answer that are looked at, so that no upstream can make us work without end. */
    public static final int MAX_A_RECORDS = 100;

    private Synthesizer() {}

    /** What the client gets if no upstream need be asked. */
    public static Optional<Plan> decide(Name name, View view) {
        var match = view.domains().of(name);
        return match.mode() == DomainMode.FILTER
                ? Optional.of(new Plan.NoData(LocalAnswer.denial(match.domain(), TTL_OF_FILTER), Plan.Absence.FILTERED))
                : Optional.empty();
    }

    /** What the client gets if the AAAA outcome alone settles it; else the A records must be asked for. */
    public static Optional<Plan> decide(Name name, View view, Outcome aaaa) {
        return switch (view.mode(name)) {
            case SYNTHESIZE -> fromAaaa(name, view, aaaa);
            case NEVER -> Optional.of(onlyNative(view, aaaa));
            case FORCE -> Optional.empty();
            case FILTER -> decide(name, view);
        };
    }

    /** What the client gets if the A outcome alone settles it, as in a domain where records are made by force. */
    public static Optional<Plan> decideFromA(Name name, View view, Outcome a) {
        if (view.mode(name) != DomainMode.FORCE) {
            return Optional.empty();
        }
        return switch (a) {
            case Outcome.Data(var sections) -> // no question was asked whether there are AAAA records
                synthesize(view, sections.withSecure(false), TTL_WITHOUT_SOA, Plan.Basis.FORCED);
            case Outcome.NxDomain(var sections) -> Optional.of(new Plan.NxDomain(sections));
            case Outcome.NoData _, Outcome.Unanswered _ -> Optional.empty();
        };
    }

    /** What the client gets. */
    public static Plan decide(Name name, View view, Outcome aaaa, Outcome a) {
        return decide(name, view, aaaa)
                .or(() -> decideFromA(name, view, a))
                .or(() -> usable(view, aaaa).map(Plan.Native::new))
                .orElseGet(() -> withoutAaaa(view, aaaa, a));
    }

    private static Optional<Plan> fromAaaa(Name name, View view, Outcome aaaa) {
        return switch (aaaa) {
            case Outcome.NxDomain(var sections) -> Optional.of(new Plan.NxDomain(sections));
            case Outcome.Bogus bogus -> Optional.of(new Plan.Failed(bogus));
            case Outcome.NoData(var sections)
            when deniesName(sections) || ProvenDenial.deniesA(name, sections) -> Optional.of(new Plan.NoData(sections));
            case Outcome.Data _
            when usable(view, aaaa).isPresent() -> usable(view, aaaa).map(Plan.Native::new);
            default -> view.synthesizeOn().contains(cause(aaaa)) ? Optional.empty() : Optional.of(notMade(aaaa));
        };
    }

    private static View.Cause cause(Outcome aaaa) {
        return switch (aaaa) {
            case Outcome.Answered _ -> View.Cause.NODATA;
            case Outcome.Failure _, Outcome.Bogus _ -> View.Cause.ERROR;
            case Outcome.Timeout _ -> View.Cause.TIMEOUT;
        };
    }

    private static Plan notMade(Outcome aaaa) {
        return switch (aaaa) {
            case Outcome.Unanswered failed -> new Plan.Failed(failed);
            case Outcome.Answered answered -> new Plan.NoData(withoutAaaa(answered), Plan.Absence.SYNTHESIS_OFF);
        };
    }

    private static Plan onlyNative(View view, Outcome aaaa) {
        var absence = view.synthesizes() ? Plan.Absence.EXCLUDED_DOMAIN : Plan.Absence.SYNTHESIS_OFF;
        return switch (aaaa) {
            case Outcome.NxDomain(var sections) -> new Plan.NxDomain(sections);
            case Outcome.Unanswered failed -> new Plan.Failed(failed);
            case Outcome.Answered answered ->
                usable(view, aaaa)
                        .<Plan>map(Plan.Native::new)
                        .orElseGet(() -> new Plan.NoData(withoutAaaa(answered), absence));
        };
    }

    /** RFC 9824, section 3.1: a denial of all types that stands for "there is no such name". */
    private static boolean deniesName(Sections sections) {
        return sections.authority().stream()
                .anyMatch(record -> record instanceof NSECRecord nsec && nsec.hasType(Type.NXNAME));
    }

    private static Plan withoutAaaa(View view, Outcome aaaa, Outcome a) {
        return switch (a) {
            case Outcome.Data(var sections) ->
                synthesize(view, inLightOf(aaaa, sections), limit(aaaa), basis(aaaa))
                        .orElseGet(() -> withoutBoth(
                                aaaa, new Sections(chain(sections), List.of(), List.of()), Plan.Absence.NOT_MAPPED));
            case Outcome.NoData(var sections) -> withoutBoth(aaaa, sections, Plan.Absence.NO_RECORDS);
            case Outcome.NxDomain(var sections) -> new Plan.NxDomain(sections);
            case Outcome.Unanswered failed -> new Plan.Failed(failed); // section 5.1.6
        };
    }

    /** RFC 6147, section 5.4: without A records the client gets the response to its own question. */
    private static Plan withoutBoth(Outcome aaaa, Sections a, Plan.Absence absence) {
        return switch (aaaa) {
            case Outcome.NoData(var sections) -> new Plan.NoData(sections, absence);
            case Outcome.Unanswered failed -> new Plan.Failed(failed); // a denial would be cached as the truth
            // All AAAA records were excluded, and their response must not be shown.
            case Outcome.Data _, Outcome.NxDomain _ -> new Plan.NoData(a, absence);
        };
    }

    private static Optional<Plan> synthesize(View view, Sections a, long limit, Plan.Basis basis) {
        var made = records(view, a, Math.min(Math.min(ttl(a), limit), view.maxTtl()));
        if (made.isEmpty()) {
            return Optional.empty();
        }
        var answer = new ArrayList<>(chain(a));
        answer.addAll(made);
        return Optional.of(new Plan.Synthesized(a.withAnswer(answer), basis));
    }

    private static List<Record> records(View view, Sections a, long ttl) {
        return aRecords(a).stream()
                .flatMap(
                        record -> view.mapping().addresses(record).map(address -> aaaa(record.getName(), ttl, address)))
                .distinct()
                .toList();
    }

    /** The A records that are looked at. */
    public static List<ARecord> aRecords(Sections a) {
        return a.answer().stream()
                .filter(ARecord.class::isInstance)
                .limit(MAX_A_RECORDS)
                .map(ARecord.class::cast)
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

    private static long ttl(Sections a) {
        return a.answer().stream()
                .filter(ARecord.class::isInstance)
                .mapToLong(Record::getTTL)
                .min()
                .orElse(0);
    }

    /** Seconds for which the AAAA outcome may be cached. */
    public static long limit(Outcome aaaa) {
        return switch (aaaa) {
            case Outcome.Answered answered -> answered.sections().negativeTtl().orElse(TTL_WITHOUT_SOA);
            case Outcome.Unanswered _ -> TTL_AFTER_FAILURE;
        };
    }

    /** The A records, as stale as the AAAA outcome, and proven only if that is (RFC 6147, section 5.5). */
    private static Sections inLightOf(Outcome aaaa, Sections a) {
        return aaaa instanceof Outcome.Answered answered
                ? a.withStale(a.stale() || answered.sections().stale())
                        .withSecure(a.secure() && answered.sections().secure())
                : a.withSecure(false);
    }

    private static Plan.Basis basis(Outcome aaaa) {
        return switch (aaaa) {
            case Outcome.NoData(var sections) when sections.negativeTtl().isPresent() -> Plan.Basis.NO_AAAA;
            case Outcome.Answered _ -> Plan.Basis.NO_AAAA_FOR_NOW;
            case Outcome.Failure _, Outcome.Bogus _ -> Plan.Basis.FAILURE;
            case Outcome.Timeout _ -> Plan.Basis.TIMEOUT;
        };
    }

    /** The response without its AAAA records: as a denial, if it was none. */
    private static Sections withoutAaaa(Outcome.Answered aaaa) {
        return aaaa instanceof Outcome.Data(var sections)
                ? new Sections(chain(sections), List.of(), List.of())
                : aaaa.sections();
    }

    /** The sections without excluded records, if AAAA records remain. */
    private static Optional<Sections> usable(View view, Outcome aaaa) {
        if (!(aaaa instanceof Outcome.Data(var sections))) {
            return Optional.empty();
        }
        if (sections.answer().stream().noneMatch(record -> isExcluded(view, record))) {
            return Optional.of(sections);
        }
        // What is left of a signed set no longer matches its signature.
        var rest = sections.answerWhere(record -> !isExcluded(view, record) && !isSignatureOverAaaa(record));
        return rest.stream().anyMatch(AAAARecord.class::isInstance)
                ? Optional.of(sections.withAnswer(rest).withSecure(false))
                : Optional.empty();
    }

    private static boolean isExcluded(View view, Record record) {
        return record instanceof AAAARecord aaaa && view.excluded().excludes(aaaa);
    }

    private static boolean isSignatureOverAaaa(Record record) {
        return record instanceof RRSIGRecord signature && signature.getTypeCovered() == Type.AAAA;
    }
}
