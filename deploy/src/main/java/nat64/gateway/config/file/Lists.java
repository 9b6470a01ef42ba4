// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

import java.util.ArrayList;
import java.util.List;
import nat64.gateway.config.text.Node;

/** Reads lists; reports what is not one, and values that are in it twice. */
record Lists(Reading reading) {

    /** The items of a list that the file has; none if it is wrong. */
    List<Node> items(String path, Node node, String example, boolean mayBeEmpty) {
        if (!(node instanceof Node.Sequence list)) {
            reading.error(node.place(), path, "must be a list; write it in brackets, such as " + example);
            return List.of();
        }
        if (list.items().isEmpty() && !mayBeEmpty) {
            reading.error(
                    node.place(), path, "is empty; list at least one, or remove the key for the default " + example);
        }
        return list.items();
    }

    /** The values of items, those that are wrong left out. */
    <T> List<Located<T>> values(String path, List<Node> items, Format<T> format) {
        var found = new ArrayList<Located<T>>();
        var first = new FirstGiven<T, T>();
        for (var item : items) {
            new Scalars(reading)
                    .read(path, item, format)
                    .filter(value -> isNew(value, first))
                    .ifPresent(found::add);
        }
        return found;
    }

    private <T> boolean isNew(Located<T> value, FirstGiven<T, T> first) {
        var same = first.before(value.value(), value);
        same.ifPresent(other -> reading.error(value, "duplicate value, first given " + other.place() + "; remove one"));
        return same.isEmpty();
    }
}
