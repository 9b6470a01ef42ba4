// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.ethernet;

import static nat64.translator.device.ethernet.Frames.ALL;
import static nat64.translator.device.ethernet.Frames.HOST4;
import static nat64.translator.device.ethernet.Frames.HOST_IPV4;
import static nat64.translator.device.ethernet.Frames.HOST_MAC;
import static nat64.translator.device.ethernet.Frames.IN_POOL4;
import static nat64.translator.device.ethernet.Frames.OTHER_MAC;
import static nat64.translator.device.ethernet.Frames.OWN_MAC;
import static nat64.translator.device.ethernet.Frames.arp;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import nat64.translator.testing.Packets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcap4j.packet.ArpPacket;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.namednumber.ArpOperation;
import org.pcap4j.packet.namednumber.EtherType;

class ArpTest {

    private static final String ZERO_MAC = "00:00:00:00:00:00";
    private static final byte[] TO_HOST = Packets.udp4(IN_POOL4, 1000, HOST4, 53, Packets.payload(20));

    private final TestLink link = TestLink.ipv4();

    @AfterEach
    void close() {
        link.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.64", "192.0.2.71"})
    void answersForEveryAddressOfPool4(String address) throws Exception {
        link.receive(arp(ArpOperation.REQUEST, HOST_MAC, HOST4, ZERO_MAC, address));

        assertThat(link.frames()).singleElement().satisfies(frame -> {
            assertThat(frame.getHeader().getDstAddr()).hasToString(HOST_MAC);
            assertThat(frame.getHeader().getSrcAddr()).hasToString(OWN_MAC);
            assertThat(frame.getHeader().getType()).isEqualTo(EtherType.ARP);
            var reply = frame.get(ArpPacket.class).getHeader();
            assertThat(reply.getOperation()).isEqualTo(ArpOperation.REPLY);
            assertThat(reply.getSrcHardwareAddr()).hasToString(OWN_MAC);
            assertThat(reply.getSrcProtocolAddr()).isEqualTo(Frames.ip4(address));
            assertThat(reply.getDstHardwareAddr()).hasToString(HOST_MAC);
            assertThat(reply.getDstProtocolAddr()).isEqualTo(Frames.ip4(HOST4));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.63", "192.0.2.72", HOST_IPV4, HOST4})
    void leavesOtherAddressesToTheirOwners(String address) throws Exception {
        link.receive(arp(ArpOperation.REQUEST, HOST_MAC, HOST4, ZERO_MAC, address));

        assertThat(link.frames()).isEmpty();
    }

    @Test
    void defendsItsAddressesAgainstAProbe() throws Exception {
        link.receive(arp(ArpOperation.REQUEST, HOST_MAC, "0.0.0.0", ZERO_MAC, IN_POOL4));

        assertThat(link.frames()).hasSize(1);
    }

    @Test
    void remembersWhoAskedForItsAddress() throws Exception {
        link.receive(arp(ArpOperation.REQUEST, HOST_MAC, HOST4, ZERO_MAC, IN_POOL4));
        link.frames();

        assertThat(link.send(TO_HOST)).isTrue();

        assertThat(link.frames()).singleElement().satisfies(frame -> assertIsPacketTo(frame, HOST_MAC));
    }

    @Test
    void remembersNobodyWhoAskedForAnotherAddress() throws Exception {
        link.receive(arp(ArpOperation.REQUEST, HOST_MAC, HOST4, ZERO_MAC, HOST_IPV4));
        link.send(TO_HOST);

        assertThat(link.frames())
                .singleElement()
                .satisfies(frame -> assertThat(frame.contains(ArpPacket.class)).isTrue());
    }

    @Test
    void asksForTheNextHopAndSendsWhenItAnswers() throws Exception {
        assertThat(link.send(Packets.udp4(IN_POOL4, 1000, "198.51.100.7", 53, Packets.payload(20))))
                .isTrue();

        assertThat(link.frames()).singleElement().satisfies(frame -> {
            assertThat(frame.getHeader().getDstAddr()).hasToString(ALL);
            var request = frame.get(ArpPacket.class).getHeader();
            assertThat(request.getOperation()).isEqualTo(ArpOperation.REQUEST);
            assertThat(request.getSrcProtocolAddr()).isEqualTo(Frames.ip4(HOST_IPV4));
            assertThat(request.getDstHardwareAddr()).hasToString(ZERO_MAC);
            assertThat(request.getDstProtocolAddr()).isEqualTo(Frames.ip4(HOST4));
        });
        link.receive(arp(ArpOperation.REPLY, HOST_MAC, HOST4, OWN_MAC, HOST_IPV4));

        assertThat(link.frames()).singleElement().satisfies(frame -> assertIsPacketTo(frame, HOST_MAC));
    }

    @Test
    void followsAHostThatAnnouncesAnotherMacAddress() throws Exception {
        link.receive(arp(ArpOperation.REQUEST, HOST_MAC, HOST4, ZERO_MAC, IN_POOL4));
        link.receive(arp(ArpOperation.REQUEST, OTHER_MAC, HOST4, ZERO_MAC, HOST4)); // RFC 5227, section 2.3
        link.frames();

        link.send(TO_HOST);

        assertThat(link.frames()).singleElement().satisfies(frame -> assertIsPacketTo(frame, OTHER_MAC));
    }

    @Test
    void learnsNoAddressOfItsOwn() throws Exception {
        link.receive(arp(ArpOperation.REQUEST, HOST_MAC, "192.0.2.66", ZERO_MAC, IN_POOL4));
        link.frames();

        link.send(Packets.udp4(IN_POOL4, 1000, "192.0.2.66", 53, Packets.payload(20)));

        assertThat(link.frames())
                .singleElement()
                .satisfies(frame -> assertThat(frame.contains(ArpPacket.class)).isTrue());
    }

    @Test
    void ignoresMessagesThatAreCutOrOfOtherKinds() throws Exception {
        var request = arp(ArpOperation.REQUEST, HOST_MAC, HOST4, ZERO_MAC, IN_POOL4);
        for (int length = 0; length < Arp.FRAME; length++) {
            link.receive(Arrays.copyOf(request, length));
        }
        for (int at : new int[] {15, 16, 18, 19, 21}) { // hardware, protocol, both lengths, operation
            var changed = request.clone();
            changed[at] ^= 0x40;
            link.receive(changed);
        }
        link.receive(arp(ArpOperation.REQUEST, ALL, HOST4, ZERO_MAC, IN_POOL4));

        assertThat(link.frames()).isEmpty();
    }

    private static void assertIsPacketTo(EthernetPacket frame, String mac) throws IllegalRawDataException {
        assertThat(frame.getHeader().getDstAddr()).hasToString(mac);
        assertThat(frame.getHeader().getSrcAddr()).hasToString(OWN_MAC);
        assertThat(frame.getHeader().getType()).isEqualTo(EtherType.IPV4);
        var payload = frame.getPayload().getRawData();
        assertThat(IpV4Packet.newPacket(payload, 0, payload.length).getHeader().hasValidChecksum(false))
                .isTrue();
    }
}
