// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.capture;

import java.util.Optional;

/** What stands before the IP header in the frames of a capture (the registry of tcpdump.org, LINKTYPE_...). */
public enum LinkType {
    RAW_IP,
    ETHERNET;

    /** LINKTYPE_RAW, which is written. */
    static final int RAW_NUMBER = 101;

    private static final int MAC_ADDRESSES = 12;
    private static final int TYPE_LENGTH = 2;
    private static final int VLAN_TAG = 4;

    /** The link type of this number, if it is one of those that are read. */
    static Optional<LinkType> of(int number) {
        return switch (number) {
            case 1 -> Optional.of(ETHERNET);
            case 12, 14, RAW_NUMBER, 228, 229 -> Optional.of(RAW_IP); // 12 and 14: DLT_RAW of several systems
            default -> Optional.empty();
        };
    }

    /** Where the IP header starts, or -1 if this is no IP packet. */
    int ipHeader(byte[] frame) {
        return switch (this) {
            case RAW_IP -> frame.length > 0 && isIpVersion(frame[0]) ? 0 : -1;
            case ETHERNET -> behindEthernet(frame);
        };
    }

    /** Behind the addresses, any VLAN tags (IEEE 802.1Q, 802.1ad) and the type. */
    private static int behindEthernet(byte[] frame) {
        int at = MAC_ADDRESSES;
        while (at + TYPE_LENGTH <= frame.length) {
            int type = (frame[at] & 0xff) << 8 | (frame[at + 1] & 0xff);
            switch (type) {
                case 0x8100, 0x88a8, 0x9100 -> at += VLAN_TAG;
                case 0x0800, 0x86dd -> {
                    return at + TYPE_LENGTH;
                }
                default -> {
                    return -1;
                }
            }
        }
        return -1;
    }

    private static boolean isIpVersion(byte first) {
        int version = (first & 0xff) >>> 4;
        return version == 4 || version == 6;
    }
}
