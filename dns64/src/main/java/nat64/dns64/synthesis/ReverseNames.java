// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Sections;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;

/**
 * PTR questions about addresses inside a Pref64 (RFC 6147, section 5.3.1). Of the two ways that the section allows, the
 * default is a CNAME to the name of the IPv4 address and what is found there. The Well-Known Prefix is always looked
 * for.
 */
public final class ReverseNames {

    /** Seconds that the CNAME may be kept; no RFC names a number. */
    static final long CNAME_TTL = 600;

    private static final Name ROOT = Name.fromConstantString("ip6.arpa.");
    private static final int WHOLE_ADDRESS = 32;
    private static final long RESERVED_BYTE = 0xffL << 56;
    private static final long DENIAL_TTL_WITHOUT_SOA = 60;

    private final List<Pref64> pref64s;
    private final List<Pref64> announced;
    private final boolean inline;
    private final Name nat64;

    /** With a CNAME. */
    public ReverseNames(List<Pref64> pref64s) {
        this(pref64s, false, Optional.empty());
    }

    /**
     * @param inline the first of the two ways: PTR records at the reverse name itself, those that are found at the name
     *     of the IPv4 address
     * @param nat64 name of the addresses that are those of ipv4only.arpa otherwise (RFC 7050, section 3.1.1)
     */
    public ReverseNames(List<Pref64> pref64s, boolean inline, Optional<Name> nat64) {
        this.inline = inline;
        this.nat64 = nat64.orElse(Ipv4OnlyArpa.NAME);
        this.announced = List.copyOf(pref64s);
        this.pref64s = Stream.concat(pref64s.stream(), Stream.of(Pref64.WELL_KNOWN))
                .distinct()
                .toList();
    }

    /** The names of the Pref64s under ip6.arpa. */
    List<Name> zones() {
        return pref64s.stream().map(ReverseNames::zone).toList();
    }

    /** What the name is. */
    public ReverseName read(Name name) {
        if (!name.subdomain(ROOT)) {
            return new ReverseName.Foreign();
        }
        int labels = name.labels() - ROOT.labels();
        int nibbles = 0;
        long high = 0;
        long low = 0;
        while (nibbles < Math.min(labels, WHOLE_ADDRESS)) {
            long nibble = nibble(name.getLabel(labels - 1 - nibbles));
            if (nibble < 0) {
                break;
            }
            if (nibbles < WHOLE_ADDRESS / 2) {
                high |= nibble << (60 - 4 * nibbles);
            } else {
                low |= nibble << (124 - 4 * nibbles);
            }
            nibbles++;
        }
        return read(labels, nibbles, new Ipv6Address(high, low));
    }

    private ReverseName read(int labels, int nibbles, Ipv6Address address) {
        for (var pref64 : pref64s) {
            if (nibbles >= pref64.prefix().length() / 4 && pref64.contains(address)) {
                return inside(pref64, labels, nibbles, address);
            }
        }
        return new ReverseName.Foreign();
    }

    private ReverseName inside(Pref64 pref64, int labels, int nibbles, Ipv6Address address) {
        var zone = zone(pref64);
        if (labels > nibbles) {
            return new ReverseName.Local(LocalAnswer.nxDomain(zone), zone);
        }
        if (nibbles < WHOLE_ADDRESS) { // there are addresses below it (RFC 8020, section 3.1)
            return new ReverseName.Local(LocalAnswer.noData(zone), zone);
        }
        if (pref64.prefix().length() < 96 && (address.low() & RESERVED_BYTE) != 0) {
            return new ReverseName.Foreign(); // RFC 6052, section 2.2: not made by a translator
        }
        int ipv4 = pref64.extract(address);
        if (Ipv4OnlyArpa.ADDRESSES.contains(ipv4)) {
            var owner = name(address, WHOLE_ADDRESS);
            var target = announced.contains(pref64) ? nat64 : Ipv4OnlyArpa.NAME; // others are no addresses of the name
            return new ReverseName.Local(
                    LocalAnswer.data(List.of(new PTRRecord(owner, DClass.IN, LocalAnswer.TTL, target))), zone);
        }
        return new ReverseName.Embedded(inAddrArpa(ipv4), zone);
    }

    /** What the client gets, once the upstream has answered {@code embedded.target()}. */
    public Plan decide(Name asked, ReverseName.Embedded embedded, Outcome target) {
        return switch (target) {
            case Outcome.Data(var sections) ->
                new Plan.Alias(inline ? inline(asked, sections) : alias(asked, embedded, sections));
            // Without a PTR record at the target there is no CNAME either (RFC 6147, section 5.3.1).
            case Outcome.NoData(var sections) -> new Plan.NoData(denial(embedded, sections));
            case Outcome.NxDomain(var sections) -> new Plan.NxDomain(denial(embedded, sections));
            case Outcome.Unanswered failed -> new Plan.Failed(failed);
        };
    }

    private static Sections alias(Name asked, ReverseName.Embedded embedded, Sections target) {
        var answer = new ArrayList<Record>();
        answer.add(new CNAMERecord(asked, DClass.IN, CNAME_TTL, embedded.target()));
        answer.addAll(target.answer());
        return target.withAnswer(answer).withSecure(false); // the alias is not signed
    }

    private static Sections inline(Name asked, Sections target) {
        return new Sections(
                target.answer().stream()
                        .filter(PTRRecord.class::isInstance)
                        .<Record>map(
                                ptr -> new PTRRecord(asked, DClass.IN, ptr.getTTL(), ((PTRRecord) ptr).getTarget()))
                        .toList(),
                List.of(),
                List.of());
    }

    private static Sections denial(ReverseName.Embedded embedded, Sections target) {
        return LocalAnswer.denial(embedded.zone(), target.negativeTtl().orElse(DENIAL_TTL_WITHOUT_SOA));
    }

    private static long nibble(byte[] label) {
        return label[0] == 1 ? Character.digit(label[1], 16) : -1; // the first byte is the length
    }

    private static Name zone(Pref64 pref64) {
        return name(pref64.prefix().first(), pref64.prefix().length() / 4);
    }

    private static Name name(Ipv6Address address, int nibbles) {
        var text = new StringBuilder();
        for (int i = nibbles - 1; i >= 0; i--) {
            long half = i < 16 ? address.high() : address.low();
            text.append(Character.forDigit((int) (half >>> (60 - 4 * (i % 16))) & 0xf, 16))
                    .append('.');
        }
        return absolute(text + "ip6.arpa.");
    }

    private static Name inAddrArpa(int ipv4) {
        return absolute(Ipv4Address.format(Integer.reverseBytes(ipv4)) + ".in-addr.arpa.");
    }

    private static Name absolute(String text) {
        try {
            return Name.fromString(text);
        } catch (TextParseException e) {
            throw new IllegalStateException(text, e);
        }
    }
}
