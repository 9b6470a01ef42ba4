// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Sections;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SVCBBase;
import org.xbill.DNS.Type;

/**
 * Keeps names of strangers from leading to hosts of the client's own network: a web page whose name does could talk to
 * them through the browser (DNS rebinding). Addresses of the host, the link and private networks are left out of
 * answers of upstreams, but for domains that the operator names. Pure.
 *
 * @param isOn whether anything is left out
 * @param domains whose names, and all below them, may have such addresses; in lower case
 */
public record RebindingProtection(boolean isOn, Set<Name> domains) {

    public static final RebindingProtection OFF = new RebindingProtection(false, Set.of());

    /** Domains that are never anyone else's: RFC 8375, RFC 6762, and the one that ICANN reserves for private use. */
    private static final List<Name> PRIVATE_DOMAINS = List.of(
            Name.fromConstantString("home.arpa."),
            Name.fromConstantString("local."),
            Name.fromConstantString("internal."));

    private static final List<Ipv4Prefix> PRIVATE_V4 = List.of(
            Ipv4Prefix.parse("0.0.0.0/8"),
            Ipv4Prefix.parse("10.0.0.0/8"),
            Ipv4Prefix.parse("100.64.0.0/10"),
            Ipv4Prefix.parse("127.0.0.0/8"),
            Ipv4Prefix.parse("169.254.0.0/16"),
            Ipv4Prefix.parse("172.16.0.0/12"),
            Ipv4Prefix.parse("192.168.0.0/16"));

    private static final List<Ipv6Prefix> PRIVATE_V6 = List.of(
            Ipv6Prefix.parse("::/127"), // unspecified, loopback
            Ipv6Prefix.parse("fc00::/7"),
            Ipv6Prefix.parse("fe80::/10"),
            Ipv6Prefix.parse("fec0::/10"));

    private static final byte[] NONE = {};

    public RebindingProtection {
        domains = Set.copyOf(domains);
    }

    /** On, but for these domains and those that are private in any case. */
    public static RebindingProtection except(Collection<Name> domains) {
        return new RebindingProtection(true, Set.of()).allowing(PRIVATE_DOMAINS).allowing(domains);
    }

    /** The same with more exceptions. */
    public RebindingProtection allowing(Collection<Name> others) {
        var all = new HashSet<>(domains);
        all.addAll(others);
        return new RebindingProtection(isOn, all);
    }

    /** Whether the answer to a question for this name has addresses that it may not show. */
    public boolean applies(Name asked, Outcome outcome) {
        return isOn
                && outcome instanceof Outcome.Answered answered
                && hasPrivate(answered.sections())
                && !isAllowed(asked);
    }

    /** The answer to a question for this name without what it may not show. */
    public Outcome filter(Name asked, Outcome outcome) {
        return outcome instanceof Outcome.Answered answered && applies(asked, outcome)
                ? without(answered, answered.sections())
                : outcome;
    }

    private static boolean hasPrivate(Sections sections) {
        return has(sections.answer()) || has(sections.additional());
    }

    private static boolean has(List<Record> records) {
        for (var record : records) {
            if (isPrivate(record)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAllowed(Name asked) {
        for (int cut = 0; cut < asked.labels(); cut++) {
            if (domains.contains(new Name(asked, cut))) {
                return true;
            }
        }
        return false;
    }

    /** What is left of a signed set no longer matches its signature. */
    private static Outcome without(Outcome.Answered answered, Sections sections) {
        var rest = sections.where(record -> !isPrivate(record) && !isSignatureOverAddress(record))
                .withSecure(false);
        boolean hasData = rest.answer().stream().anyMatch(record -> isData(record.getRRsetType()));
        return answered instanceof Outcome.Data && !hasData
                ? new Outcome.NoData(new Sections(rest.answer(), List.of(), List.of()).withStale(rest.stale()))
                : answered.with(rest);
    }

    private static boolean isData(int type) {
        return type != Type.CNAME && type != Type.DNAME;
    }

    private static boolean isSignatureOverAddress(Record record) {
        return record instanceof RRSIGRecord signature
                && switch (signature.getTypeCovered()) {
                    case Type.A, Type.AAAA, Type.HTTPS, Type.SVCB -> true;
                    default -> false;
                };
    }

    private static boolean isPrivate(Record record) {
        return switch (record) {
            case ARecord a -> isPrivate(AddressMapping.ipv4(a));
            case AAAARecord aaaa -> isPrivate(Ipv6Address.ofBytes(aaaa.rdataToWireCanonical()));
            case SVCBBase service -> hasPrivateHint(service);
            default -> false;
        };
    }

    private static boolean isPrivate(int ipv4) {
        for (var prefix : PRIVATE_V4) {
            if (prefix.contains(ipv4)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPrivate(Ipv6Address address) {
        if (address.isIpv4Mapped()) {
            return isPrivate((int) address.low());
        }
        for (var prefix : PRIVATE_V6) {
            if (prefix.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** RFC 9460, section 7.3: clients may connect to hints before they know the addresses. */
    private static boolean hasPrivateHint(SVCBBase service) {
        for (int i = 0; i < 2; i++) {
            boolean v6 = i == 1;
            var hint = service.getSvcParamValue(v6 ? SVCBBase.IPV6HINT : SVCBBase.IPV4HINT);
            byte[] addresses = hint == null ? NONE : hint.toWire();
            int length = v6 ? Ipv6Address.LENGTH : Integer.BYTES;
            for (int at = 0; at + length <= addresses.length; at += length) {
                if (isPrivate(Arrays.copyOfRange(addresses, at, at + length))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isPrivate(byte[] address) {
        return address.length == Integer.BYTES
                ? isPrivate(ByteBuffer.wrap(address).getInt())
                : isPrivate(Ipv6Address.ofBytes(address));
    }
}
