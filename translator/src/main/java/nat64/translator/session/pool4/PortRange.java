// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.pool4;

/** Transport ports of a pool4 address that bindings may take, both ends included; ICMP identifiers likewise. */
public record PortRange(int first, int last) {

    /** Every port but 0. */
    public static final PortRange ALL = new PortRange(1, 65_535);

    public PortRange {
        if (first < 1 || last > 65_535 || first > last) {
            throw new IllegalArgumentException(
                    "a port range runs from a lower to a higher number within 1-65535, not " + first + "-" + last);
        }
    }

    public int size() {
        return last - first + 1;
    }

    public boolean contains(int port) {
        return first <= port && port <= last;
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
