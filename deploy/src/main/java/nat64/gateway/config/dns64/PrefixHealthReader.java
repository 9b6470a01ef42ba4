// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64;

import java.util.List;
import java.util.Optional;
import nat64.dns64.health.DataPlaneProbe;
import nat64.dns64.settings.WatchedPrefix;
import nat64.gateway.config.file.FirstGiven;
import nat64.gateway.config.file.Located;
import nat64.gateway.config.file.Reading;
import nat64.gateway.config.file.Section;
import nat64.translator.address.Pref64;

/** Reads {@code prefix-health}: which Pref64s are probed, and how. */
final class PrefixHealthReader {

    private static final int MOST_TARGETS = 8;

    private final Reading reading;

    PrefixHealthReader(Reading reading) {
        this.reading = reading;
    }

    List<Located<WatchedPrefix>> read(Section dns64) {
        var probed = dns64.each(Dns64Keys.PREFIX_HEALTH, this::probed);
        var first = new FirstGiven<Pref64, WatchedPrefix>();
        for (var watched : probed) {
            first.before(watched.value().pref64(), watched)
                    .ifPresent(earlier -> reading.error(
                            watched,
                            "%s is a duplicate, first given %s; remove one of the two"
                                    .formatted(watched.value().pref64(), earlier.place())));
        }
        return probed;
    }

    private Optional<WatchedPrefix> probed(Section item) {
        var keys = Dns64Keys.PROBE;
        var pref64 = item.required(keys.pref64());
        var targets = item.required(keys.targets());
        var kind = item.value(keys.probe()).value();
        var timeout = item.value(keys.timeout()).value();
        var interval = item.value(keys.interval()).value();
        int downAfter = item.value(keys.downAfter()).value();
        int upAfter = item.value(keys.upAfter()).value();
        if (targets.size() > MOST_TARGETS) {
            reading.error(targets.getLast(), "a prefix has at most %d targets; remove some".formatted(MOST_TARGETS));
        }
        if (pref64.isEmpty() || targets.isEmpty()) {
            return Optional.empty();
        }
        var prefix = pref64.get().value();
        var addresses = targets.stream().map(Located::value).toList();
        return Optional.of(new WatchedPrefix(
                prefix, new DataPlaneProbe(prefix, addresses, kind, timeout), interval, downAfter, upAfter));
    }
}
