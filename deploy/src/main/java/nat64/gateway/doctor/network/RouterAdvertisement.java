// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.network;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;

/** The Pref64s in a router advertisement (RFC 4861, section 4.2; RFC 8781, section 4). Pure. */
final class RouterAdvertisement {

    static final int TYPE = 134;

    private static final int OPTIONS = 16;
    private static final int UNIT = 8; // of the length of an option
    private static final int PREF64 = 38;
    private static final int PREF64_LENGTH = 16;
    private static final int LIFETIME = 0xfff8;
    private static final int LENGTH_CODE = 7;
    private static final int PREFIX_BYTES = 12;

    /** By the Prefix Length Code. */
    private static final List<Integer> LENGTHS = List.of(96, 64, 56, 48, 40, 32);

    private RouterAdvertisement() {}

    /**
     * Reads a message.
     *
     * @param message from the ICMPv6 header on
     * @return nothing if it is not a router advertisement
     */
    static Optional<List<Pref64>> pref64s(ByteBuffer message) {
        if (message.limit() < OPTIONS || Byte.toUnsignedInt(message.get(0)) != TYPE) {
            return Optional.empty();
        }
        var found = new ArrayList<Pref64>();
        int at = OPTIONS;
        while (at + UNIT <= message.limit()) {
            int length = Byte.toUnsignedInt(message.get(at + 1)) * UNIT;
            if (length == 0 || at + length > message.limit()) {
                return Optional.empty(); // the whole message is invalid (RFC 4861, section 6.1.2)
            }
            if (Byte.toUnsignedInt(message.get(at)) == PREF64 && length == PREF64_LENGTH) {
                pref64(message, at).ifPresent(found::add);
            }
            at += length;
        }
        return Optional.of(found);
    }

    /** A lifetime of 0 takes it back; an unknown length code, or a prefix that can't be one, is ignored. */
    private static Optional<Pref64> pref64(ByteBuffer message, int at) {
        int word = Short.toUnsignedInt(message.getShort(at + 2));
        int code = word & LENGTH_CODE;
        if ((word & LIFETIME) == 0 || code >= LENGTHS.size()) {
            return Optional.empty();
        }
        byte[] bytes = new byte[Ipv6Address.LENGTH];
        message.get(at + 4, bytes, 0, PREFIX_BYTES);
        var address = Ipv6Address.ofBytes(bytes);
        int length = LENGTHS.get(code);
        long high = length >= 64 ? address.high() : address.high() & (-1L << (64 - length));
        long low = length <= 64 ? 0 : address.low();
        try {
            return Optional.of(new Pref64(new Ipv6Prefix(high, low, length)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
