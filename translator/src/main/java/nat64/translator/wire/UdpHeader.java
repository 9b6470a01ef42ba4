// SPDX-License-Identifier: Apache-2.0
package nat64.translator.wire;

/** Where the fields of a UDP header are (RFC 768). Ports are {@link Ports}. */
public final class UdpHeader {

    /** Octets of the header. */
    public static final int LENGTH = 8;

    /** Offset of the length of header and data. */
    public static final int DATAGRAM_LENGTH = 4;

    /** Offset of the checksum. */
    public static final int CHECKSUM = 6;

    private UdpHeader() {}
}
