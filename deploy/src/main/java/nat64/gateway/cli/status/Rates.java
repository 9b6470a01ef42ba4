// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli.status;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Two answers of {@code /api/v1/stats}.
 *
 * @param seconds between them
 */
public record Rates(JsonNode before, JsonNode now, double seconds) {

    /** How fast a number grows, or the sum of all numbers below a place; a JSON pointer names it. */
    public double of(String pointer) {
        return (sum(now.at(pointer)) - sum(before.at(pointer))) / seconds;
    }

    private static double sum(JsonNode node) {
        if (node.isNumber()) {
            return node.asDouble();
        }
        double sum = 0;
        for (var child : node) {
            sum += sum(child);
        }
        return sum;
    }
}
