// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli.explain;

import java.util.ArrayList;
import java.util.List;
import nat64.gateway.config.GatewayConfig;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;
import nat64.translator.address.SpecialIpv4;

/** Says in plain lines what an address is, and what a gateway of this configuration does with it. */
public final class AddressExplanation {

    private final GatewayConfig config;

    public AddressExplanation(GatewayConfig config) {
        this.config = config;
    }

    /**
     * The lines.
     *
     * @throws IllegalArgumentException if the text is not an address
     */
    public List<String> explain(String text) {
        var bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        return bare.indexOf(':') < 0 ? explainIpv4(Ipv4Address.parse(bare)) : explainIpv6(Ipv6Address.parse(bare));
    }

    private List<String> explainIpv6(Ipv6Address address) {
        for (var pref64 : config.pref64s()) {
            if (pref64.contains(address)) {
                return embedded(address, pref64);
            }
        }
        if (address.isIpv4Mapped()) {
            return mapped(address);
        }
        var device = config.translator().device();
        if (address.equals(device.address())) {
            return List.of(address + " is this host's own address on the device " + device.name() + ".");
        }
        if (address.equals(device.translatorAddress())) {
            return List.of(address + " is the translator itself: the source of its ICMPv6 errors, and a hop in"
                    + " traceroute.");
        }
        var what = SpecialIpv6.of(address);
        var lines = new ArrayList<String>();
        lines.add(address + " is " + what.sentence());
        if (what.isForwarded()) {
            lines.add("It is in no Pref64 of this gateway, so packets to it go untranslated, as ordinary IPv6.");
        }
        return lines;
    }

    private List<String> embedded(Ipv6Address address, Pref64 pref64) {
        int ipv4 = pref64.extract(address);
        var dotted = Ipv4Address.format(ipv4);
        var lines = new ArrayList<String>();
        lines.add("%s is the IPv4 address %s inside the Pref64 %s%s (RFC 6052)."
                .formatted(address, dotted, pref64, pref64.isWellKnown() ? ", the Well-Known Prefix" : ""));
        if (!pref64.embed(ipv4).equals(address)) {
            lines.add("Its last bits, or its bits 64 to 71, are not zero; they are ignored. The proper form is "
                    + pref64.embed(ipv4) + ".");
        }
        if (!SpecialIpv4.isRouted(ipv4)) {
            lines.add("Packets to it are dropped: " + dotted + " is " + SpecialIpv4Name.of(ipv4) + " No router forwards"
                    + " to it.");
        } else if (isRefused(pref64, ipv4)) {
            lines.add("Packets to it are refused: " + dotted + " is " + SpecialIpv4Name.of(ipv4));
            lines.add("RFC 6052, section 3.1, keeps the Well-Known Prefix for global IPv4 addresses. " + wayOut(ipv4));
        } else if (config.role().translates()) {
            lines.add("Packets from a client to it are translated to IPv4 and go to " + dotted + ".");
        } else {
            lines.add(
                    "This gateway only answers DNS (role: dns64); the translator of your network has to translate it.");
        }
        return lines;
    }

    private List<String> mapped(Ipv6Address address) {
        int ipv4 = (int) address.low();
        var dotted = Ipv4Address.format(ipv4);
        var lines = new ArrayList<String>();
        lines.add(address + " is an IPv4-mapped address (RFC 4291, section 2.5.5.2): the way programs write the IPv4"
                + " address " + dotted + " in an IPv6 socket.");
        lines.add("No network can route it: a socket that is given this address sends IPv4 packets to " + dotted
                + ", so they never leave as IPv6.");
        lines.add("A host without IPv4 gets \"network is unreachable\" at once, and no gateway ever sees a packet;"
                + " ::ffff:0:0/96 can therefore be no Pref64.");
        lines.addAll(insteadOf(ipv4));
        return lines;
    }

    private List<String> explainIpv4(int ipv4) {
        var lines = new ArrayList<String>();
        var dotted = Ipv4Address.format(ipv4);
        lines.add(dotted + " is " + SpecialIpv4Name.of(ipv4));
        for (var range : config.translator().stateful().pool4()) {
            if (config.role().translates() && range.prefix().contains(ipv4)) {
                lines.add("It is in pool4 (" + range.prefix() + ", ports " + range.ports()
                        + "): IPv4 hosts see IPv6 clients as this address"
                        + (config.translator().stateful().masquerade()
                                ? ", or as the host's own that hides it."
                                : "."));
            }
        }
        lines.addAll(insteadOf(ipv4));
        return lines;
    }

    /** The addresses by which an IPv6-only host reaches an IPv4 address. */
    private List<String> insteadOf(int ipv4) {
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
        } else if (config.pref64s().stream().allMatch(pref64 -> isRefused(pref64, ipv4))) {
            lines.add(wayOut(ipv4));
        }
        return lines;
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
