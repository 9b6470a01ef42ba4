// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.live;

import java.util.List;
import java.util.stream.Stream;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.config.translator.StatefulConfig;
import nat64.gateway.config.translator.binding.TransportAddress;
import nat64.translator.session.policy.StaticBinding;

/**
 * Static bindings that were added or removed while the gateway runs: how they differ from those of the configuration
 * file. They last until the gateway ends. Immutable; no two have the same side.
 *
 * @param added those that the file lacks
 * @param removed those of the file that do not count
 */
public record LiveBindings(List<StaticBinding> added, List<StaticBinding> removed) {

    public static final LiveBindings NONE = new LiveBindings(List.of(), List.of());

    public LiveBindings {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
    }

    /**
     * With another binding.
     *
     * @param first the first address of pool4 now, for which bindings may say {@code auto}
     * @throws IllegalArgumentException if the same one is there already
     */
    public LiveBindings add(StaticBinding binding, StatefulConfig file, int first) {
        var other = named(binding, file, first);
        if (among(file).contains(other)) {
            throw new IllegalArgumentException("there is this static binding already: " + binding);
        }
        return removed.contains(other)
                ? new LiveBindings(added, without(removed, other))
                : new LiveBindings(
                        Stream.concat(added.stream(), Stream.of(other)).toList(), removed);
    }

    /**
     * Without the binding of an address and port of pool4.
     *
     * @param first as for {@link #add}
     * @throws IllegalArgumentException if there is none
     */
    public LiveBindings remove(StaticBinding.Outside outside, StatefulConfig file, int first) {
        var binding = find(outside, file, first);
        if (removed.contains(binding)) {
            throw new IllegalArgumentException("this static binding was removed already: " + binding);
        }
        return added.contains(binding)
                ? new LiveBindings(without(added, binding), removed)
                : new LiveBindings(
                        added,
                        Stream.concat(removed.stream(), Stream.of(binding)).toList());
    }

    /**
     * The binding of an address and port of pool4, as the file or the operator has written it; it
     * counts, or was removed.
     *
     * @param first as for {@link #add}
     * @throws IllegalArgumentException if there is none
     */
    public StaticBinding find(StaticBinding.Outside outside, StatefulConfig file, int first) {
        return Stream.concat(among(file).stream(), removed.stream())
                .filter(one -> one.outside().equals(outside)
                        || bound(one, first).outside().equals(outside))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no static binding has this address and port; nat64 bindings lists them"));
    }

    /** What is still a difference to another file, such as the same one after it was written. */
    public LiveBindings comparedWith(StatefulConfig file) {
        var inFile = file.policy().staticBindings();
        return new LiveBindings(
                added.stream().filter(binding -> !inFile.contains(binding)).toList(),
                removed.stream().filter(inFile::contains).toList());
    }

    /** A file's configuration with these bindings. */
    public GatewayConfig in(GatewayConfig file) {
        if (added.isEmpty() && removed.isEmpty()) {
            return file;
        }
        var translator = file.translator();
        var stateful = translator.stateful();
        return file.with(translator.with(stateful.with(stateful.policy().withBindings(among(stateful)))));
    }

    private List<StaticBinding> among(StatefulConfig file) {
        return Stream.concat(
                        file.policy().staticBindings().stream().filter(binding -> !removed.contains(binding)),
                        added.stream())
                .toList();
    }

    private static List<StaticBinding> without(List<StaticBinding> bindings, StaticBinding one) {
        return bindings.stream().filter(binding -> !binding.equals(one)).toList();
    }

    /** As a file would write it: where pool4 is the host's own address and follows it, a binding there does so too. */
    public static StaticBinding named(StaticBinding binding, StatefulConfig file, int first) {
        boolean isOwn = file.automatic().ownPorts().isPresent() && binding.ipv4() == first;
        return isOwn ? binding.at(TransportAddress.FIRST_OF_POOL4) : binding;
    }

    private static StaticBinding bound(StaticBinding binding, int first) {
        return binding.ipv4() == TransportAddress.FIRST_OF_POOL4 ? binding.at(first) : binding;
    }
}
