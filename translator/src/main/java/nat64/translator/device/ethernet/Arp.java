// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.ethernet;

import java.lang.foreign.MemorySegment;
import nat64.translator.address.PrefixIndex;
import nat64.translator.wire.Octets;

/** The Address Resolution Protocol on Ethernet (RFC 826, with the conflict rules of RFC 5227). */
final class Arp implements AddressResolution {

    /** Bytes of a frame with an ARP message, without the padding that a network card adds. */
    static final int FRAME = EthernetHeader.LENGTH + 28;

    private static final long ETHERNET_AND_IPV4 = 0x0001_0800_0604L; // hardware, protocol and the lengths of both
    private static final int OPERATION = EthernetHeader.LENGTH + 6;
    private static final int SENDER_MAC = EthernetHeader.LENGTH + 8;
    private static final int SENDER_IP = EthernetHeader.LENGTH + 14;
    private static final int TARGET_MAC = EthernetHeader.LENGTH + 18;
    private static final int TARGET_IP = EthernetHeader.LENGTH + 24;
    private static final int REQUEST = 1;
    private static final int REPLY = 2;

    private final LinkIdentity own;
    private final PrefixIndex owned;
    private final NeighborCache cache;

    Arp(LinkIdentity own, NeighborCache cache) {
        this.own = own;
        this.owned = new PrefixIndex(own.owned());
        this.cache = cache;
    }

    @Override
    public int solicit(MemorySegment frame, long high, long low, long mac) {
        return write(frame, REQUEST, (int) own.solicitationSource().low(), mac, (int) low);
    }

    @Override
    public int receive(MemorySegment frame, int length, MemorySegment answer, long now) {
        if (length < FRAME || Octets.u64(frame, EthernetHeader.LENGTH) >>> 16 != ETHERNET_AND_IPV4) {
            return 0;
        }
        int operation = Octets.u16(frame, OPERATION);
        long mac = MacAddress.read(frame, SENDER_MAC);
        int sender = Octets.u32(frame, SENDER_IP);
        int target = Octets.u32(frame, TARGET_IP);
        if ((operation != REQUEST && operation != REPLY) || MacAddress.isGroup(mac) || mac == own.mac()) {
            return 0;
        }
        boolean asksForUs = operation == REQUEST && isOwned(target);
        if (sender != 0 && !isOwned(sender)) { // 0: a host asks whether its new address is free (RFC 5227)
            learn(operation, sender, mac, asksForUs, now);
        }
        return asksForUs ? write(answer, REPLY, /* sender= */ target, mac, /* target= */ sender) : 0;
    }

    /** RFC 826: a host that asks for us will be written to; others are only kept up to date. */
    private void learn(int operation, int sender, long mac, boolean asksForUs, long now) {
        long low = sender & 0xffff_ffffL;
        var neighbor = cache.find(0, low);
        if (operation == REPLY && neighbor != null) {
            cache.advertised(neighbor, mac, neighbor.isSolicited(), true, now);
        } else {
            cache.heard(0, low, mac, asksForUs, now);
        }
    }

    private boolean isOwned(int address) {
        return owned.longestMatch(0, address & 0xffff_ffffL) != PrefixIndex.NONE;
    }

    /** A request tells no target MAC, since that is what it asks for. */
    private int write(MemorySegment frame, int operation, int sender, long mac, int target) {
        EthernetHeader.write(frame, 0, mac, own.mac(), EthernetHeader.ARP);
        Octets.u64(frame, EthernetHeader.LENGTH, ETHERNET_AND_IPV4 << 16 | operation);
        MacAddress.write(frame, SENDER_MAC, own.mac());
        Octets.u32(frame, SENDER_IP, sender);
        MacAddress.write(frame, TARGET_MAC, operation == REQUEST ? 0 : mac);
        Octets.u32(frame, TARGET_IP, target);
        return FRAME;
    }
}
