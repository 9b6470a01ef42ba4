// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.pool4;

/**
 * Whether subscribers get their ports in blocks (RFC 6888, section 4; RFC 6264 calls it bulk allocation), so that one
 * log record tells who has all ports of a block.
 *
 * @param size ports of a block, a power of two; 0 if there are no blocks
 * @param most blocks that one subscriber may have at a time
 * @param prefixLength bits of the IPv6 address that tell subscribers apart
 */
public record PortBlockSettings(int size, int most, int prefixLength) {

    /** Each binding gets a port of its own. */
    public static final PortBlockSettings NONE = new PortBlockSettings(0, 1, 64);

    public static final int SMALLEST = 64;
    public static final int LARGEST = 16_384;
    public static final int MOST = 256;

    public PortBlockSettings {
        if (size != 0 && (size < SMALLEST || size > LARGEST || Integer.bitCount(size) != 1)) {
            throw new IllegalArgumentException(
                    "a block of ports has 64, 128, 256, 512, 1024, 2048, 4096, 8192 or 16384 ports, not " + size);
        }
        if (most < 1 || most > MOST) {
            throw new IllegalArgumentException("a subscriber may have between 1 and 256 blocks, not " + most);
        }
        if (prefixLength < 1 || prefixLength > 128) {
            throw new IllegalArgumentException("a prefix has between 1 and 128 bits, not " + prefixLength);
        }
    }

    public boolean isOn() {
        return size > 0;
    }

    /** How many whole blocks a range of ports has from 1024 on: those below are for static bindings only. */
    public int blocksIn(PortRange ports) {
        return Math.max(0, lastBlock(ports) - firstBlock(ports) + 1);
    }

    /** The number of the first whole block in a range of ports. */
    int firstBlock(PortRange ports) {
        return Math.ceilDiv(Math.max(ports.first(), PortAllocator.FIRST_UNPRIVILEGED), size);
    }

    /** The number of the last whole block, less than the first if the range has none. */
    int lastBlock(PortRange ports) {
        return (ports.last() + 1) / size - 1;
    }
}
