// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Finds, changes and merges parts of trees; the trees themselves stay as they are. */
public final class Trees {

    private Trees() {}

    /** Takes values of which two files have one each. */
    public interface Clashes {

        /**
         * Reports one.
         *
         * @param key of the value, with those around it
         */
        void clash(String key, Node first, Node other);
    }

    /** What stands under a key inside of other keys; the path has them from the outside in. */
    public static Optional<Node> find(Node tree, List<String> path) {
        if (path.isEmpty()) {
            return Optional.of(tree);
        }
        return tree instanceof Node.Mapping mapping
                ? mapping.entries().stream()
                        .filter(entry -> entry.isNamed(path.getFirst()))
                        .findFirst()
                        .flatMap(entry -> find(entry.value(), path.subList(1, path.size())))
                : Optional.empty();
    }

    /**
     * The same tree with another value under a key, in mappings that are there.
     *
     * @param change answers the new value, or nothing to remove the key; it gets nothing where the key is not there
     */
    public static Node change(Node tree, List<String> path, UnaryOperator<Optional<Node>> change) {
        if (!(tree instanceof Node.Mapping mapping)) {
            return tree;
        }
        var entries = new ArrayList<Node.Entry>();
        boolean isThere = false;
        for (var entry : mapping.entries()) {
            if (isThere || !entry.isNamed(path.getFirst())) {
                entries.add(entry);
                continue;
            }
            isThere = true;
            var value = path.size() == 1
                    ? change.apply(Optional.of(entry.value()))
                    : Optional.of(change(entry.value(), path.subList(1, path.size()), change));
            value.ifPresent(next -> entries.add(new Node.Entry(entry.key(), next)));
        }
        if (!isThere && path.size() == 1) {
            change.apply(Optional.empty())
                    .ifPresent(value ->
                            entries.add(new Node.Entry(new Node.Scalar(value.place(), path.getFirst(), false), value)));
        }
        return new Node.Mapping(mapping.place(), entries);
    }

    /**
     * One mapping of two: those that both have are merged, lists are joined, and other values clash. Keys that one of
     * them has twice stay, so that the mistake is found.
     */
    public static Node.Mapping merge(String path, Node.Mapping one, Node.Mapping other, Clashes clashes) {
        var entries = new ArrayList<>(one.entries());
        var positions = new HashMap<String, Integer>();
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).key() instanceof Node.Scalar key) {
                positions.putIfAbsent(key.value(), i);
            }
        }
        int own = entries.size();
        for (var entry : other.entries()) {
            var position = entry.key() instanceof Node.Scalar key ? positions.get(key.value()) : null;
            if (position == null || position >= own) {
                entries.add(entry);
                continue;
            }
            var before = entries.get(position);
            var name = ((Node.Scalar) before.key()).value();
            var key = path.isEmpty() ? name : path + "." + name;
            entries.set(position, new Node.Entry(before.key(), both(key, before.value(), entry.value(), clashes)));
        }
        return new Node.Mapping(one.place(), entries);
    }

    private static Node both(String key, Node one, Node other, Clashes clashes) {
        if (one instanceof Node.Mapping first && other instanceof Node.Mapping second) {
            return merge(key, first, second, clashes);
        }
        if (one instanceof Node.Sequence first && other instanceof Node.Sequence second) {
            var items = new ArrayList<>(first.items());
            items.addAll(second.items());
            return new Node.Sequence(first.place(), items);
        }
        if (one.isNull() && other instanceof Node.Mapping) { // a section without keys
            return other;
        }
        if (!(other.isNull() && one instanceof Node.Mapping)) {
            clashes.clash(key, one, other);
        }
        return one;
    }
}
