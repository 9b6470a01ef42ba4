// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.pool4;

import java.util.List;
import nat64.translator.address.Ipv4Prefix;

/** The IPv4 addresses that stand for IPv6 hosts (RFC 6146, section 2: the IPv4 transport address pool). Immutable. */
public final class Pool4 {

    private final Ipv4Prefix[] prefixes;
    private final int[] firstIndexes;
    private final PortRange[] ports;
    private final int size;

    /** Of ranges that don't overlap. */
    public Pool4(List<Pool4Range> ranges) {
        prefixes = ranges.stream().map(Pool4Range::prefix).toArray(Ipv4Prefix[]::new);
        ports = ranges.stream().map(Pool4Range::ports).toArray(PortRange[]::new);
        firstIndexes = new int[prefixes.length];
        int count = 0;
        for (int i = 0; i < prefixes.length; i++) {
            firstIndexes[i] = count;
            count += (int) prefixes[i].size();
        }
        size = count;
    }

    /** How many addresses there are; each has an index from 0 on. */
    public int size() {
        return size;
    }

    public boolean contains(int address) {
        return range(address) >= 0;
    }

    public int index(int address) {
        int range = range(address);
        return firstIndexes[range] + address - prefixes[range].address();
    }

    public int address(int index) {
        int range = rangeOfIndex(index);
        return prefixes[range].address() + index - firstIndexes[range];
    }

    PortRange ports(int index) {
        return ports[rangeOfIndex(index)];
    }

    private int range(int address) {
        for (int i = 0; i < prefixes.length; i++) {
            if (prefixes[i].contains(address)) {
                return i;
            }
        }
        return -1;
    }

    private int rangeOfIndex(int index) {
        int range = prefixes.length - 1;
        while (firstIndexes[range] > index) {
            range--;
        }
        return range;
    }
}
