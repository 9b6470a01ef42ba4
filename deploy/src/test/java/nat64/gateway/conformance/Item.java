// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.conformance;

/**
 * One rule, as a line of a catalogue in docs/conformance says it.
 *
 * @param id such as C-071; tests name it in a tag
 * @param source RFC and section
 * @param level the RFC's word, such as MUST
 * @param modes the modes of the translator that it holds in
 * @param status empty, {@code open}, {@code see FILE} or {@code n/a: why}
 */
record Item(String id, String source, String level, String modes, String status, String requirement) {

    private static final String DECISION = "see ";
    private static final String NOT_APPLICABLE = "n/a: ";

    static Item parse(String line) {
        var cells = line.split("\\s*\\|\\s*", -1);
        if (cells.length != 6) {
            throw new IllegalArgumentException("six cells expected: " + line);
        }
        var item = new Item(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]);
        if (!item.mustBeProven() && !item.isOpen() && !item.isDecided() && !item.isNotApplicable()) {
            throw new IllegalArgumentException("no such status: " + line);
        }
        return item;
    }

    boolean mustBeProven() {
        return status.isEmpty();
    }

    boolean isOpen() {
        return status.equals("open");
    }

    boolean isDecided() {
        return status.startsWith(DECISION);
    }

    /** The file in docs/decisions of an item that is decided. */
    String decision() {
        return status.substring(DECISION.length());
    }

    boolean isNotApplicable() {
        return status.startsWith(NOT_APPLICABLE);
    }

    /** Why an item does not apply. */
    String reason() {
        return status.substring(NOT_APPLICABLE.length());
    }
}
