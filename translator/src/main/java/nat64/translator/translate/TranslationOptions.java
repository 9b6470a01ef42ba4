// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

/**
 * What RFC 7915 lets the operator configure, and the MTUs of the links. Immutable.
 *
 * @param lowestIpv6Mtu bytes of the largest IPv6 packet that is not fragmented when its IPv4 sender allows it (section
 *     4)
 * @param mtus the MTUs of the links that translated packets leave by
 * @param mssClamp maximum segment size in a SYN, in bytes, or {@link MssClamp#OFF} or {@link MssClamp#AUTO}
 * @param trafficClass traffic class of all translated IPv6 packets (section 4.1), or {@link #COPY}
 * @param typeOfService type of service of all translated IPv4 packets (section 5.1), or {@link #COPY}
 */
public record TranslationOptions(
        int lowestIpv6Mtu, NextHopMtus mtus, int mssClamp, int trafficClass, int typeOfService) {

    /** Copies the field of the other IP version unchanged: DSCP and ECN. */
    public static final int COPY = -1;

    /** The defaults of the RFC, on links of unknown MTU. */
    public static final TranslationOptions RFC_7915 =
            new TranslationOptions(Mtu.SMALLEST_IPV6, NextHopMtus.UNLIMITED, MssClamp.OFF, COPY, COPY);

    public TranslationOptions {
        if (lowestIpv6Mtu < Mtu.SMALLEST_IPV6 || lowestIpv6Mtu > NextHopMtus.UNKNOWN) {
            throw new IllegalArgumentException("lowest IPv6 MTU must be within 1280-65535, not " + lowestIpv6Mtu);
        }
        if (mssClamp < MssClamp.AUTO || mssClamp > NextHopMtus.UNKNOWN) {
            throw new IllegalArgumentException("a maximum segment size is within 1-65535, not " + mssClamp);
        }
        requireByte(trafficClass);
        requireByte(typeOfService);
    }

    /** The same options on other links. */
    public TranslationOptions with(NextHopMtus others) {
        return new TranslationOptions(lowestIpv6Mtu, others, mssClamp, trafficClass, typeOfService);
    }

    private static void requireByte(int value) {
        if (value < COPY || value > 0xff) {
            throw new IllegalArgumentException("a traffic class is within 0-255, not " + value);
        }
    }
}
