// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.client;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import nat64.gateway.doctor.Result;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.Result.Skipped;
import nat64.gateway.doctor.Result.Warning;
import nat64.gateway.doctor.network.Advertisements;
import nat64.translator.address.Pref64;

/** Whether router advertisements have a Pref64 (RFC 8781), and the same as DNS. */
record AdvertisementCheck(ClientView view) implements ClientCheck {

    @Override
    public String name() {
        return "PREF64";
    }

    @Override
    public Result examine() {
        return switch (view.host().advertisements()) {
            case Advertisements.Unknown(var why) -> new Skipped(why);
            case Advertisements.Heard(var advertisements) -> judge(advertisements);
        };
    }

    private Result judge(List<Advertisements.Advertisement> advertisements) {
        if (advertisements.isEmpty()) {
            return new Skipped("no router advertisement came");
        }
        var advertised = new LinkedHashSet<Pref64>();
        advertisements.forEach(advertisement -> advertised.addAll(advertisement.pref64s()));
        if (advertised.isEmpty()) {
            return new Skipped(
                    "the router advertisement of %s has no option PREF64 (nat64prefix of radvd), by which phones start a CLAT"
                            .formatted(advertisements.getFirst().router()));
        }
        var byDns = Set.copyOf(view.discovery().pref64s());
        if (!byDns.isEmpty() && !byDns.equals(advertised)) {
            return new Warning(
                    "router advertisements say %s, DNS says %s".formatted(listed(advertised), listed(byDns)),
                    "announce the Pref64s of the gateway: clients that hear of another one send packets into nothing");
        }
        return new Ok("%s, by the router advertisement of %s"
                .formatted(
                        listed(advertised),
                        advertisements.stream()
                                .filter(advertisement ->
                                        !advertisement.pref64s().isEmpty())
                                .map(Advertisements.Advertisement::router)
                                .distinct()
                                .collect(Collectors.joining(", "))));
    }

    private static String listed(Set<Pref64> pref64s) {
        return pref64s.stream().map(Pref64::toString).sorted().collect(Collectors.joining(", "));
    }
}
