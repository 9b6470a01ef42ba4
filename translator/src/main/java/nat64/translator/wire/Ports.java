// SPDX-License-Identifier: Apache-2.0
package nat64.translator.wire;

/** Where TCP and UDP keep their ports: both at the same place. */
public final class Ports {

    /** Offset of the source port. */
    public static final int SOURCE = 0;

    /** Offset of the destination port. */
    public static final int DESTINATION = 2;

    private Ports() {}
}
