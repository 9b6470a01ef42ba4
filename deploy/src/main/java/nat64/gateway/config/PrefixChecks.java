// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.util.List;
import nat64.gateway.config.common.Clients;
import nat64.gateway.config.common.Overlaps;
import nat64.gateway.config.file.Located;
import nat64.gateway.config.file.Reading;
import nat64.translator.address.Pref64;

/** What the prefixes that both halves use must have to do with each other. */
final class PrefixChecks {

    /** Shorter prefixes than these hold most of the Internet. */
    private static final int WIDE_IPV6 = 8;

    private static final int WIDE_IPV4 = 8;

    private final Reading reading;
    private final List<Located<Pref64>> pref64s;

    PrefixChecks(Reading reading, List<Located<Pref64>> pref64s) {
        this.reading = reading;
        this.pref64s = pref64s;
    }

    void check(List<Located<Clients>> clients, Located<Boolean> translateNonGlobal) {
        checkPref64s();
        clients.forEach(this::checkClients);
        checkNonGlobal(translateNonGlobal);
    }

    private void checkPref64s() {
        Overlaps.IPV6.forEach(
                pref64s,
                Pref64::prefix,
                (earlier, later) -> reading.error(
                        later,
                        "%s overlaps %s %s; remove one of the two"
                                .formatted(later.value(), earlier.value(), earlier.place())));
    }

    private void checkClients(Located<Clients> clients) {
        for (var prefix : clients.value().ipv6()) {
            for (var pref64 : pref64s) {
                var range = pref64.value().prefix();
                if (range.length() <= prefix.length() && range.overlaps(prefix)) {
                    reading.error(
                            clients,
                            "%s is inside the Pref64 %s %s, and packets from there would loop; write the clients' own"
                                            .formatted(prefix, range, pref64.place())
                                    + " addresses");
                }
            }
            warnIfWide(clients, prefix, prefix.length(), WIDE_IPV6 - 1);
        }
        for (var prefix : clients.value().ipv4()) {
            warnIfWide(clients, prefix, prefix.length(), WIDE_IPV4);
        }
    }

    private void warnIfWide(Located<Clients> clients, Object prefix, int length, int widest) {
        if (length < widest) {
            reading.warn(
                    clients,
                    prefix
                            + " lets hosts of the whole Internet use this gateway and its addresses; list only your own"
                            + " networks");
        }
    }

    private void checkNonGlobal(Located<Boolean> translateNonGlobal) {
        if (!translateNonGlobal.value()) {
            return;
        }
        if (pref64s.stream().anyMatch(pref64 -> pref64.value().isWellKnown())) {
            reading.warn(
                    translateNonGlobal,
                    "64:ff9b::/96 must not carry addresses that are not global (RFC 6052, section 3.1), and other"
                            + " networks do not route it; use a Pref64 of your own instead, such as"
                            + " 64:ff9b:1:fffe::/96");
        } else {
            reading.warn(translateNonGlobal, "does nothing: only 64:ff9b::/96 has this limit; remove it");
        }
    }
}
