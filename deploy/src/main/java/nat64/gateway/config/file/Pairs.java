// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

import java.util.List;
import java.util.function.BiConsumer;

/** Every two items of a list, the earlier one first. */
public record Pairs<T>(List<T> items) {

    public static <T> Pairs<T> of(List<T> items) {
        return new Pairs<>(items);
    }

    public void forEach(BiConsumer<T, T> action) {
        for (int i = 0; i < items.size(); i++) {
            for (int j = i + 1; j < items.size(); j++) {
                action.accept(items.get(i), items.get(j));
            }
        }
    }
}
