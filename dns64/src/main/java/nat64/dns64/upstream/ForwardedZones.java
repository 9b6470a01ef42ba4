// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Upstream;
import org.xbill.DNS.Name;

/** Sends questions about the names of some zones to servers of their own. Safe for many threads. */
final class ForwardedZones implements Upstream {

    private final Upstream others;
    private final Map<Name, Upstream> zones;

    /**
     * @param others for the names that no zone holds
     * @param zones in lower case
     */
    ForwardedZones(Upstream others, Map<Name, Upstream> zones) {
        this.others = others;
        this.zones = Map.copyOf(zones);
    }

    @Override
    public CompletionStage<Outcome> ask(Question question, long deadlineNanos) {
        return of(question.name()).ask(question, deadlineNanos);
    }

    private Upstream of(Name name) {
        if (zones.isEmpty()) {
            return others;
        }
        for (int cut = 0; cut < name.labels(); cut++) {
            var zone = zones.get(new Name(name, cut));
            if (zone != null) {
                return zone;
            }
        }
        return others;
    }
}
