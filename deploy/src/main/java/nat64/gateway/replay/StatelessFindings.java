// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.replay;

import java.util.stream.Stream;
import nat64.gateway.replay.PacketView.Tuple;
import nat64.translator.address.Eam;
import nat64.translator.address.EamTable;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import nat64.translator.packet.Rule.Step;
import nat64.translator.pipeline.SiitSettings;

/** What a stateless translator found: it has neither bindings nor sessions. */
record StatelessFindings(SiitSettings settings, EamTable eams, PacketView packet, Outcome outcome) implements Findings {

    static StatelessFindings of(SiitSettings settings, PacketView packet, Outcome outcome) {
        return new StatelessFindings(settings, new EamTable(settings.eams()), packet, outcome);
    }

    @Override
    public String of(Step step) {
        return switch (step) {
            case HEADERS -> "whole and consistent";
            case ADDRESSES -> packet.outer().map(this::addresses).orElse("");
            case HOP_LIMIT -> packet.hopLimit() + ", on the other side " + (packet.hopLimit() - 1);
            case TUPLE ->
                packet.quoted()
                        .map(quoted -> "of the quoted packet: " + addresses(quoted))
                        .orElse("");
            case CLIENT, POLICY, BINDING, SESSION -> "";
            case TRANSLATION ->
                SentPackets.of(packet, outcome)
                        .translation("both hosts have a mapping, so it is turned around (RFC 7757, section 4.2.2)");
            case SENDING -> SentPackets.of(packet, outcome).way();
        };
    }

    @Override
    public String ofLast(Step step) {
        var rule = outcome.drop().rule().sentence();
        return step == Step.ADDRESSES ? of(step) + ". " + rule : rule;
    }

    private String addresses(Tuple tuple) {
        return Stream.of(tuple.source(), tuple.destination())
                .map(address -> tuple.isIpv6() ? ofIpv6(address) : ofIpv4((int) address.low()))
                .reduce((source, destination) -> source + "; " + destination)
                .orElseThrow();
    }

    private String ofIpv6(Ipv6Address address) {
        int eam = eams.find(address.high(), address.low());
        if (eam != EamTable.NONE) {
            int ipv4 = eams.get(eam).ipv4Of(address.high(), address.low());
            return address + " is " + Ipv4Address.format(ipv4) + by(eams.get(eam));
        }
        return settings.pref64s().stream()
                .filter(pref64 -> pref64.contains(address))
                .findFirst()
                .map(pref64 -> "%s is %s in the Pref64 %s (RFC 6052, section 2.3)"
                        .formatted(address, Ipv4Address.format(pref64.extract(address)), pref64))
                .orElse(address + " has neither a mapping nor a Pref64");
    }

    private String ofIpv4(int address) {
        int eam = eams.find(address);
        var dotted = Ipv4Address.format(address);
        if (eam != EamTable.NONE) {
            var mapping = eams.get(eam);
            return dotted + " is " + new Ipv6Address(mapping.ipv6High(address), mapping.ipv6Low(address)) + by(mapping);
        }
        var pref64 = settings.pref64s().getFirst();
        return "%s is %s in the Pref64 %s (RFC 6052, section 2.3)".formatted(dotted, pref64.embed(address), pref64);
    }

    private static String by(Eam mapping) {
        return " by the mapping of " + mapping.ipv4() + " to " + mapping.ipv6() + " (RFC 7757, section 3.3)";
    }
}
