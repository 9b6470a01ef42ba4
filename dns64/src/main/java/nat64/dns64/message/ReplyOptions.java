// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.message;

import java.util.Arrays;

/** Adds EDNS options to a response whose last record is its OPT record. Pure. */
public final class ReplyOptions {

    private static final int OPTION_HEADER = 4;
    private static final int PADDING = 12; // RFC 7830, section 3

    private ReplyOptions() {}

    /** An option in wire format. */
    public static byte[] option(int code, byte[] data) {
        byte[] option = new byte[OPTION_HEADER + data.length];
        BigEndian.putInt16(option, 0, code);
        BigEndian.putInt16(option, 2, data.length);
        System.arraycopy(data, 0, option, OPTION_HEADER, data.length);
        return option;
    }

    /** The response with these options, too; unchanged if it does not end in an OPT record. */
    public static byte[] add(byte[] response, byte[] options) {
        int opt = TtlOffsets.lastRecord(response);
        if (options.length == 0 || opt < 0 || !OptRecord.startsAt(response, opt, response.length)) {
            return response;
        }
        byte[] longer = Arrays.copyOf(response, response.length + options.length);
        OptRecord.append(options, 0, options.length, longer, opt);
        return longer;
    }

    /**
     * The padding that makes bytes of a message a multiple of a block (RFC 8467, section 4.1); none if it gets too
     * long.
     */
    public static byte[] padding(int length, int block, int limit) {
        int padded = Math.ceilDiv(length + OPTION_HEADER, block) * block;
        return padded > limit ? new byte[0] : option(PADDING, new byte[padded - length - OPTION_HEADER]);
    }
}
