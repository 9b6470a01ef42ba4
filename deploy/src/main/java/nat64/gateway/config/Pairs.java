// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.util.List;
import java.util.function.BiConsumer;

/** Every two items of a list, the earlier one first. */
record Pairs<T>(List<T> items) {

    static <T> Pairs<T> of(List<T> items) {
        return new Pairs<>(items);
    }

    void forEach(BiConsumer<T, T> action) {
        for (int i = 0; i < items.size(); i++) {
            for (int j = i + 1; j < items.size(); j++) {
                action.accept(items.get(i), items.get(j));
            }
        }
    }
}
