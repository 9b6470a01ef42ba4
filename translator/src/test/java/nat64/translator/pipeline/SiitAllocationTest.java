// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.error6;
import static nat64.translator.testing.Packets.ipv4;
import static nat64.translator.testing.Packets.ipv6;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.Packets.unknown;
import static nat64.translator.testing.TestSiit.HOST;
import static nat64.translator.testing.TestSiit.HOST_V4;
import static nat64.translator.testing.TestSiit.REMOTE;
import static nat64.translator.testing.TestSiit.REMOTE_V6;
import static nat64.translator.testing.TestSiit.ROUTER;

import java.util.List;
import nat64.translator.packet.DropReason;
import nat64.translator.testing.Allocations;
import nat64.translator.testing.TestSiit;
import org.junit.jupiter.api.Test;
import org.pcap4j.packet.namednumber.IpNumber;

/** As {@link AllocationTest}, of what only a stateless translator does. */
class SiitAllocationTest {

    @Test
    void givesRoutersAnAddressAndTellsTheirOwn() {
        var quoted = udp6(REMOTE_V6, 53, HOST, 1025, payload(60));
        Allocations.assertNone(TestSiit.SETTINGS, List.of(error6(ROUTER, REMOTE_V6, 3, 0, 0, quoted)));
    }

    @Test
    void turnsErrorsAround() {
        var quoted = udp6("2001:db8:64::c000:201", 40_000, TestSiit.OTHER_HOST, 53, payload(40));
        Allocations.assertNone(
                TestSiit.SETTINGS, List.of(error6(TestSiit.OTHER_HOST, "2001:db8:64::c000:201", 1, 4, 0, quoted)));
    }

    @Test
    void computesChecksums() {
        var bare = udp4(REMOTE, 53, HOST_V4, 1025, payload(100));
        bare[26] = 0;
        bare[27] = 0;
        Allocations.assertNone(TestSiit.computingUdpChecksums(), List.of(bare));
    }

    @Test
    void copiesOtherProtocolsAndRefusesThoseOfIpv6() {
        var packets = List.of(
                ipv6(HOST, REMOTE_V6, IpNumber.SCTP, 64, unknown(payload(100))),
                ipv4(REMOTE, HOST_V4, IpNumber.SCTP, 64, true, unknown(payload(100))),
                ipv4(REMOTE, HOST_V4, IpNumber.IPV6_FRAG, 64, true, unknown(payload(100))));
        Allocations.assertNone(TestSiit.SETTINGS, packets, DropReason.UNSUPPORTED_PROTOCOL);
    }
}
