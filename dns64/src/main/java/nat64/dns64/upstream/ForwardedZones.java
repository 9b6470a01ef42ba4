// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Sections;
import nat64.dns64.message.Upstream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Sends questions about the names of some zones to servers of their own. What a server says about names that others are
 * asked for is left out of its answer; where an alias leads there, the answer ends with the alias. Safe for many
 * threads.
 */
final class ForwardedZones implements Upstream {

    private static final Set<Integer> ALIASES = Set.of(Type.CNAME, Type.DNAME, Type.RRSIG);

    private final Upstream others;
    private final Map<Name, Upstream> zones;
    private final Set<Name> uncached;

    /**
     * @param others for the names that no zone holds
     * @param zones in lower case; the same upstream for zones with the same servers
     * @param uncached of these, zones whose answers get a TTL of 0, so that nothing caches them
     */
    ForwardedZones(Upstream others, Map<Name, Upstream> zones, Set<Name> uncached) {
        this.others = others;
        this.zones = Map.copyOf(zones);
        this.uncached = Set.copyOf(uncached);
    }

    @Override
    public CompletionStage<Outcome> ask(Question question, long deadlineNanos) {
        var answer = of(question.name()).ask(question, deadlineNanos);
        return zones.isEmpty()
                ? answer
                : answer.thenApply(
                        outcome -> outcome instanceof Outcome.Answered answered ? own(question, answered) : outcome);
    }

    /** What of an answer counts, because the server that was asked is the one to ask about it. */
    Outcome.Answered own(Question question, Outcome.Answered answered) {
        if (zones.isEmpty()) {
            return answered;
        }
        var own = withoutForeignTargets(question, withoutForeignAddresses(question, answered));
        var zone = zone(question.name());
        return zone != null && uncached.contains(zone)
                ? own.with(own.sections().map(record -> Sections.withTtl(record, 0)))
                : own;
    }

    private Outcome.Answered withoutForeignAddresses(Question question, Outcome.Answered answered) {
        var sections = answered.sections();
        if (sections.additional().isEmpty()) {
            return answered;
        }
        var group = of(question.name());
        return answered.with(sections.withAdditional(
                Sections.where(sections.additional(), record -> group.equals(of(record.getName())))));
    }

    private Outcome.Answered withoutForeignTargets(Question question, Outcome.Answered answered) {
        var sections = answered.sections();
        if (!sections.answers(Type.CNAME) || question.type() == Type.CNAME || question.type() == Type.ANY) {
            return answered;
        }
        var group = of(question.name());
        var path = sections.aliasPath(question.name());
        for (int i = 1; i < path.size(); i++) {
            if (!group.equals(of(path.get(i)))) {
                return new Outcome.NoData(upTo(sections, path.subList(0, i), group));
            }
        }
        return answered;
    }

    /** The aliases of these names, and what proves that they come from the right wildcard. */
    private Sections upTo(Sections sections, List<Name> names, Upstream group) {
        return sections.withAnswer(sections.answerWhere(record -> ALIASES.contains(record.getType())
                        && names.stream().anyMatch(name -> name.subdomain(record.getName()))))
                .withAuthority(Sections.where(
                        sections.authority(), record -> !isAboutSoa(record) && group.equals(of(record.getName()))))
                .withAdditional(List.of());
    }

    private static boolean isAboutSoa(Record record) {
        return record.getType() == Type.SOA
                || (record instanceof RRSIGRecord signature && signature.getTypeCovered() == Type.SOA);
    }

    private Upstream of(Name name) {
        var zone = zone(name);
        return zone == null ? others : zones.getOrDefault(zone, others);
    }

    /** The longest zone that the name is in, or null. */
    private @Nullable Name zone(Name name) {
        if (zones.isEmpty()) {
            return null;
        }
        for (int cut = 0; cut < name.labels(); cut++) {
            var zone = new Name(name, cut);
            if (zones.containsKey(zone)) {
                return zone;
            }
        }
        return null;
    }
}
