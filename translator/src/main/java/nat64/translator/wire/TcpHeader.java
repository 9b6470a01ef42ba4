// SPDX-License-Identifier: Apache-2.0
package nat64.translator.wire;

/** Where the fields of a TCP header are (RFC 9293, section 3.1), and the bits of its flags. Ports are {@link Ports}. */
public final class TcpHeader {

    /** Octets of a header without options. */
    public static final int LENGTH = 20;

    /** Offset of the checksum. */
    public static final int CHECKSUM = 16;

    /** Offset of the sequence number. */
    public static final int SEQUENCE = 4;

    /** Offset of the octet whose upper half is the header length in 32-bit words. */
    public static final int DATA_OFFSET = 12;

    /** Offset of the octet with the flags. */
    public static final int FLAGS = 13;

    /** Kind of the option that ends the options (RFC 9293, section 3.2). */
    public static final int END_OF_OPTIONS = 0;

    /** Kind of the option that is one octet of padding. */
    public static final int NO_OPERATION = 1;

    /** Kind of the option Maximum Segment Size: four octets, the last two the size. */
    public static final int MAXIMUM_SEGMENT_SIZE = 2;

    public static final int FIN = 0x01;
    public static final int SYN = 0x02;
    public static final int RST = 0x04;
    public static final int PSH = 0x08;
    public static final int ACK = 0x10;
    public static final int CWR = 0x80;

    private TcpHeader() {}
}
