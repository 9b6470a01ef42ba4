// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.explain.ExplainedAddress.Mapping;
import nat64.gateway.explain.ExplainedAddress.Verdict;
import nat64.translator.address.Eam;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;
import nat64.translator.address.SpecialIpv4;

/** Says what an address is, and what a gateway of this configuration does with it. Pure. */
public final class AddressExplanation {

    private final GatewayConfig config;

    public AddressExplanation(GatewayConfig config) {
        this.config = config;
    }

    /**
     * What it is.
     *
     * @throws IllegalArgumentException if the text is not an address
     */
    public ExplainedAddress explain(String text) {
        var bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        return bare.indexOf(':') < 0 ? explainIpv4(Ipv4Address.parse(bare)) : explainIpv6(Ipv6Address.parse(bare));
    }

    private ExplainedAddress explainIpv6(Ipv6Address address) {
        var eam = longest(
                eams().stream().filter(one -> one.ipv6().contains(address)).toList(),
                one -> one.ipv6().length());
        if (eam.isPresent()) {
            return mapped(address, eam.get());
        }
        for (var pref64 : config.pref64s()) {
            if (pref64.contains(address)) {
                return embedded(address, pref64);
            }
        }
        return address.isIpv4Mapped() ? ipv4Mapped(address) : ordinary(address);
    }

    private ExplainedAddress ordinary(Ipv6Address address) {
        var device = config.translator().device();
        var lines = new ArrayList<String>();
        var what = SpecialIpv6Name.of(address);
        var kind = what.sentence();
        if (address.equals(device.address())) {
            kind = "this host's own address on the device " + device.name() + ".";
        } else if (address.equals(device.translatorAddress())) {
            kind = "the translator itself: the source of its ICMPv6 errors, and a hop in traceroute.";
        } else if (what.isForwarded()) {
            lines.add("It is in no Pref64 of this gateway, so packets to it go untranslated, as ordinary IPv6.");
        }
        lines.addFirst(address + " is " + kind);
        return new ExplainedAddress(
                address.toString(), kind, what.isGlobal(), Verdict.UNTRANSLATED, Optional.empty(), List.of(), lines);
    }

    private ExplainedAddress mapped(Ipv6Address address, Eam eam) {
        int ipv4 = eam.ipv4Of(address.high(), address.low());
        var dotted = Ipv4Address.format(ipv4);
        return new ExplainedAddress(
                address.toString(),
                SpecialIpv4Name.of(ipv4),
                SpecialIpv4.isGlobal(ipv4),
                translatedHere(),
                Optional.of(new Mapping("eam", eam.toString(), dotted, List.of())),
                List.of(),
                List.of(
                        "%s stands for the IPv4 address %s, by the Explicit Address Mapping %s (RFC 7757)."
                                .formatted(address, dotted, eam),
                        "A mapping goes before every Pref64."));
    }

    private ExplainedAddress embedded(Ipv6Address address, Pref64 pref64) {
        int ipv4 = pref64.extract(address);
        var dotted = Ipv4Address.format(ipv4);
        var lines = new ArrayList<String>();
        lines.add("%s is the IPv4 address %s inside the Pref64 %s%s (RFC 6052)."
                .formatted(address, dotted, pref64, pref64.isWellKnown() ? ", the Well-Known Prefix" : ""));
        if (!pref64.embed(ipv4).equals(address)) {
            lines.add("Its last bits, or its bits 64 to 71, are not zero; they are ignored. The proper form is "
                    + pref64.embed(ipv4) + ".");
        }
        var verdict = verdict(pref64, ipv4);
        switch (verdict) {
            case DROPPED ->
                lines.add("Packets to it are dropped: " + dotted + " is " + SpecialIpv4Name.of(ipv4)
                        + " No router forwards to it.");
            case REFUSED -> {
                lines.add("Packets to it are refused: " + dotted + " is " + SpecialIpv4Name.of(ipv4));
                lines.add("RFC 6052, section 3.1, keeps the Well-Known Prefix for global IPv4 addresses. "
                        + wayOut(ipv4));
            }
            case TRANSLATED ->
                lines.add("Packets from a client to it are translated to IPv4 and go to " + dotted + ".");
            case ELSEWHERE, UNTRANSLATED ->
                lines.add("This gateway only answers DNS (role: dns64); the translator of your network has to translate"
                        + " it.");
        }
        return new ExplainedAddress(
                address.toString(),
                SpecialIpv4Name.of(ipv4),
                SpecialIpv4.isGlobal(ipv4),
                verdict,
                Optional.of(new Mapping("pref64", pref64.toString(), dotted, AddressPart.of(address, pref64))),
                List.of(),
                lines);
    }

    private ExplainedAddress ipv4Mapped(Ipv6Address address) {
        int ipv4 = (int) address.low();
        var dotted = Ipv4Address.format(ipv4);
        var lines = new ArrayList<String>();
        lines.add(address + " is an IPv4-mapped address (RFC 4291, section 2.5.5.2): the way programs write the IPv4"
                + " address " + dotted + " in an IPv6 socket.");
        lines.add("No network can route it: a socket that is given this address sends IPv4 packets to " + dotted
                + ", so they never leave as IPv6.");
        lines.add("A host without IPv4 gets \"network is unreachable\" at once, and no gateway ever sees a packet;"
                + " ::ffff:0:0/96 can therefore be no Pref64.");
        lines.addAll(waysTo(ipv4));
        return new ExplainedAddress(
                address.toString(),
                "an IPv4-mapped address (RFC 4291, section 2.5.5.2).",
                false,
                Verdict.UNTRANSLATED,
                Optional.empty(),
                instead(ipv4),
                lines);
    }

    private ExplainedAddress explainIpv4(int ipv4) {
        var lines = new ArrayList<String>();
        var dotted = Ipv4Address.format(ipv4);
        lines.add(dotted + " is " + SpecialIpv4Name.of(ipv4));
        lines.addAll(inPool4(ipv4));
        var eam = longest(
                eams().stream().filter(one -> one.ipv4().contains(ipv4)).toList(),
                one -> one.ipv4().length());
        var other = eam.map(one -> new Ipv6Address(one.ipv6High(ipv4), one.ipv6Low(ipv4)));
        if (eam.isPresent()) {
            lines.add("It stands for the IPv6 address %s, by the Explicit Address Mapping %s (RFC 7757)."
                    .formatted(other.get(), eam.get()));
        } else {
            lines.addAll(waysTo(ipv4));
        }
        return new ExplainedAddress(
                dotted,
                SpecialIpv4Name.of(ipv4),
                SpecialIpv4.isGlobal(ipv4),
                eam.isPresent() ? translatedHere() : verdict(ipv4),
                eam.map(one -> new Mapping("eam", one.toString(), String.valueOf(other.get()), List.of())),
                eam.isPresent() ? List.of(String.valueOf(other.get())) : instead(ipv4),
                lines);
    }

    private List<String> inPool4(int ipv4) {
        var stateful = config.translator().stateful();
        if (!config.role().translates() || config.translator().mode().isStateless()) {
            return List.of();
        }
        return stateful.pool4().stream()
                .filter(range -> range.prefix().contains(ipv4))
                .map(range -> "It is in pool4 (" + range.prefix() + ", ports " + range.ports()
                        + "): IPv4 hosts see IPv6 clients as this address"
                        + (stateful.masquerade() ? ", or as the host's own that hides it." : "."))
                .toList();
    }

    /** The addresses by which an IPv6-only host reaches an IPv4 address. */
    private List<String> instead(int ipv4) {
        return config.pref64s().stream()
                .filter(pref64 -> SpecialIpv4.isRouted(ipv4) && !isRefused(pref64, ipv4))
                .map(pref64 -> pref64.embed(ipv4).toString())
                .toList();
    }

    /** As {@link #instead}, in sentences. */
    private List<String> waysTo(int ipv4) {
        if (!SpecialIpv4.isRouted(ipv4)) {
            return List.of("There is no IPv6 address for it: no router forwards to it, translated or not.");
        }
        var lines = new ArrayList<String>();
        for (var pref64 : config.pref64s()) {
            lines.add(
                    isRefused(pref64, ipv4)
                            ? "Under " + pref64 + " it would be " + pref64.embed(ipv4)
                                    + ", but this is refused (RFC 6052, section 3.1)."
                            : "From an IPv6-only host use " + pref64.embed(ipv4) + spelled(pref64, ipv4) + ".");
        }
        if (config.pref64s().isEmpty()) {
            lines.add("There is no Pref64: only addresses with an Explicit Address Mapping are translated.");
        } else if (instead(ipv4).isEmpty()) {
            lines.add(wayOut(ipv4));
        }
        return lines;
    }

    private Verdict verdict(Pref64 pref64, int ipv4) {
        if (!SpecialIpv4.isRouted(ipv4)) {
            return Verdict.DROPPED;
        }
        return isRefused(pref64, ipv4) ? Verdict.REFUSED : translatedHere();
    }

    /** Of an IPv4 address, by whichever Pref64 is best. */
    private Verdict verdict(int ipv4) {
        if (config.pref64s().isEmpty()) {
            return SpecialIpv4.isRouted(ipv4) ? Verdict.UNTRANSLATED : Verdict.DROPPED;
        }
        return config.pref64s().stream()
                .map(pref64 -> verdict(pref64, ipv4))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private Verdict translatedHere() {
        return config.role().translates() ? Verdict.TRANSLATED : Verdict.ELSEWHERE;
    }

    /** The mappings that are used: a stateful translator has none. */
    private List<Eam> eams() {
        var translator = config.translator();
        if (!translator.mode().isStateless()) {
            return List.of();
        }
        return translator
                .stateless()
                .clat()
                .map(List::of)
                .orElse(translator.stateless().eams());
    }

    private static Optional<Eam> longest(List<Eam> matching, ToIntFunction<Eam> length) {
        return matching.stream().max(Comparator.comparingInt(length));
    }

    /** The form with a dotted quad, which only a /96 has. */
    private static String spelled(Pref64 pref64, int ipv4) {
        var network = pref64.prefix().first().toString();
        return pref64.prefix().length() == 96 && network.endsWith("::")
                ? ", also written " + network + Ipv4Address.format(ipv4)
                : "";
    }

    private boolean isRefused(Pref64 pref64, int ipv4) {
        return pref64.isWellKnown() && !SpecialIpv4.isGlobal(ipv4) && !config.translateNonGlobal();
    }

    private static String wayOut(int ipv4) {
        return "To reach it, add a Pref64 of your own, such as 64:ff9b:1:fffe::/96 (RFC 8215); its address is then "
                + Pref64.parse("64:ff9b:1:fffe::/96").embed(ipv4) + ".";
    }
}
