// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import nat64.gateway.config.file.AutoOr;

/**
 * The threads that translate.
 *
 * @param number how many
 * @param pinned whether each is bound to a processor
 */
public record WorkersConfig(AutoOr<Integer> number, boolean pinned) {

    /** More workers than these would mostly wait for each other; who wants more sets a number. */
    private static final int MOST_AUTOMATIC = 8;

    /** The number of workers, where the process may use so many processors. */
    public int number(int processors) {
        return number.resolve(() -> Math.min(processors, MOST_AUTOMATIC));
    }
}
