// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

/**
 * What RFC 7915 leaves to the operator, and what the links are.
 *
 * @param lowestIpv6Mtu size of IPv6 packets that need not be cut when an IPv4 sender allows fragments (section 4)
 * @param mtus of the links that translated packets leave by
 * @param mssClamp octets that a SYN may tell at most, {@link MssClamp#OFF} or {@link MssClamp#AUTO}
 * @param trafficClass of all IPv6 packets that IPv4 packets become (section 4.1), or {@link #COPY}
 * @param typeOfService of all IPv4 packets that IPv6 packets become (section 5.1), or {@link #COPY}
 */
public record TranslationOptions(
        int lowestIpv6Mtu, NextHopMtus mtus, int mssClamp, int trafficClass, int typeOfService) {

    /** The octet of the other IP version, unchanged: DSCP and ECN. */
    public static final int COPY = -1;

    /** As the RFC has it, on links of unknown MTU. */
    public static final TranslationOptions RFC_7915 =
            new TranslationOptions(Mtu.SMALLEST_IPV6, NextHopMtus.UNLIMITED, MssClamp.OFF, COPY, COPY);

    public TranslationOptions {
        if (lowestIpv6Mtu < Mtu.SMALLEST_IPV6 || lowestIpv6Mtu > NextHopMtus.UNKNOWN) {
            throw new IllegalArgumentException("lowest IPv6 MTU must be within 1280-65535, not " + lowestIpv6Mtu);
        }
        if (mssClamp < MssClamp.AUTO || mssClamp > NextHopMtus.UNKNOWN) {
            throw new IllegalArgumentException("a maximum segment size is within 1-65535, not " + mssClamp);
        }
        requireOctet(trafficClass);
        requireOctet(typeOfService);
    }

    /** The same on other links. */
    public TranslationOptions with(NextHopMtus others) {
        return new TranslationOptions(lowestIpv6Mtu, others, mssClamp, trafficClass, typeOfService);
    }

    private static void requireOctet(int value) {
        if (value < COPY || value > 0xff) {
            throw new IllegalArgumentException("a traffic class is within 0-255, not " + value);
        }
    }
}
