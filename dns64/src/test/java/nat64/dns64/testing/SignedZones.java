// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.testing;

import static nat64.dns64.testing.Records.name;
import static nat64.dns64.testing.Records.records;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Sections;
import nat64.dns64.message.Upstream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;
import org.xbill.DNS.utils.base32;

/**
 * An upstream that checks nothing and knows zones with keys of their own: the root, org and example.org are signed, all
 * delegations and keys are there, and other answers are what a test puts in.
 */
public final class SignedZones implements Upstream {

    public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static final Duration VALIDITY = Duration.ofDays(1);
    private static final base32 BASE32HEX = new base32(base32.Alphabet.BASE32HEX, false, true);

    private record Zone(DNSKEYRecord key, KeyPair pair) {}

    private final Map<Name, Zone> zones = new HashMap<>();
    private final List<Name> unsigned = new ArrayList<>();
    private final Map<String, Outcome> answers = new HashMap<>();
    private final List<Question> asked = new ArrayList<>();

    public SignedZones() {
        for (var apex : List.of(".", "org.", "example.org.")) {
            sign(apex);
        }
    }

    /** A zone with a key, and with a DS record above. */
    public void sign(String apex) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var pair = generator.generateKeyPair();
            var key = new DNSKEYRecord(
                    name(apex),
                    DClass.IN,
                    3600,
                    DNSKEYRecord.Flags.ZONE_KEY | DNSKEYRecord.Flags.SEP_KEY,
                    DNSKEYRecord.Protocol.DNSSEC,
                    DNSSEC.Algorithm.ECDSAP256SHA256,
                    pair.getPublic());
            zones.put(name(apex), new Zone(key, pair));
        } catch (GeneralSecurityException | DNSSEC.DNSSECException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A zone that is proven to have no keys. */
    public void delegateUnsigned(String apex) {
        unsigned.add(name(apex));
    }

    /** What the zone above has to say of the keys of this one. */
    public DSRecord ds(String apex) {
        return new DSRecord(name(apex), DClass.IN, 3600, DNSSEC.Digest.SHA256, zone(name(apex)).key);
    }

    public void put(String name, int type, Outcome outcome) {
        answers.put(key(name(name), type), outcome);
    }

    public List<Question> asked() {
        return asked;
    }

    @Override
    public CompletionStage<Outcome> ask(Question question, long deadlineNanos) {
        asked.add(question);
        var answer = answers.get(key(question.name(), question.type()));
        return CompletableFuture.completedStage(answer == null ? keysOf(question) : answer);
    }

    private Outcome keysOf(Question question) {
        var name = question.name();
        if (question.type() == Type.DNSKEY && zones.containsKey(name)) {
            return data(signed(name.toString(), zone(name).key));
        }
        if (question.type() != Type.DS) {
            return new Outcome.Failure(Rcode.SERVFAIL);
        }
        var above = apexAbove(new Name(name, 1));
        if (zones.containsKey(name)) {
            return data(signed(above.toString(), ds(name.toString())));
        }
        return noData(above.toString(), name.toString(), unsigned.contains(name) ? "NS RRSIG NSEC" : "TXT RRSIG NSEC");
    }

    public static Outcome.Data data(List<Record> answer) {
        return new Outcome.Data(new Sections(answer, List.of(), List.of()));
    }

    /** A signed denial: the name has these types and no others. */
    public Outcome.NoData noData(String apex, String name, String types) {
        return denial(apex, "%s 300 IN NSEC \\000.%s %s".formatted(name, name.equals(".") ? "" : name, types));
    }

    /** The same with a hashed name. */
    public Outcome.NoData hashedNoData(String apex, String name, int iterations, String types) {
        var hash = hash(name, iterations);
        return denial(
                apex,
                "%s.%s 300 IN NSEC3 1 0 %d - %s %s"
                        .formatted(hash, apex, iterations, "VVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVV", types));
    }

    /** The hash of a name without salt (RFC 5155, section 5). */
    public static String hash(String name, int iterations) {
        try {
            var parameters =
                    new NSEC3Record(Name.root, DClass.IN, 0, 1, 0, iterations, new byte[0], new byte[20], new int[0]);
            return BASE32HEX.toString(parameters.hashName(name(name)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A denial with the SOA record of the zone and these proofs, all signed. */
    public Outcome.NoData denial(String apex, String... proofs) {
        var lines = new ArrayList<>(List.of(proofs));
        lines.add("%s 300 IN SOA ns.example.org. hostmaster.example.org. 1 7200 900 86400 300".formatted(apex));
        return new Outcome.NoData(new Sections(List.of(), signed(apex, lines.toArray(String[]::new)), List.of()));
    }

    /** The records, and a signature of the zone over each set. */
    public List<Record> signed(String apex, String... lines) {
        return signed(apex, records(lines).toArray(Record[]::new));
    }

    private List<Record> signed(String apex, Record... records) {
        return signed(apex, NOW.plus(VALIDITY), records);
    }

    /** The same with signatures that end then. */
    public List<Record> signed(String apex, Instant end, Record... records) {
        return signed(apex, NOW.minus(VALIDITY), end, records);
    }

    /** The same with signatures that begin and end then. */
    public List<Record> signed(String apex, Instant begin, Instant end, Record... records) {
        var sets = new LinkedHashMap<String, RRset>();
        for (var record : records) {
            sets.computeIfAbsent(key(record.getName(), record.getType()), _ -> new RRset())
                    .addRR(record);
        }
        var signed = new ArrayList<>(List.of(records));
        var zone = zone(name(apex));
        for (var set : sets.values()) {
            try {
                signed.add(DNSSEC.sign(set, zone.key, zone.pair.getPrivate(), begin, end));
            } catch (DNSSEC.DNSSECException e) {
                throw new IllegalStateException(e);
            }
        }
        return signed;
    }

    private Zone zone(Name apex) {
        var zone = zones.get(apex);
        if (zone == null) {
            throw new IllegalArgumentException("no zone is " + apex);
        }
        return zone;
    }

    private Name apexAbove(Name name) {
        var apex = name;
        while (!zones.containsKey(apex)) {
            apex = new Name(apex, 1);
        }
        return apex;
    }

    private static String key(Name name, int type) {
        return name.toString().toLowerCase(Locale.ROOT) + " " + Type.string(type);
    }
}
