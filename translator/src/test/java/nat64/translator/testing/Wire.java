// SPDX-License-Identifier: Apache-2.0
package nat64.translator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV6Packet;

/**
 * What a packet looks like to somebody who gets it: fields read by pcap4j or straight from the octets, checksums
 * computed here by the simplest loop there is.
 */
public final class Wire {

    private final byte[] octets;

    public Wire(byte[] octets) {
        this.octets = octets;
    }

    public byte[] octets() {
        return octets;
    }

    public int version() {
        return (octets[0] & 0xff) >>> 4;
    }

    public IpV4Packet.IpV4Header ipv4() {
        return ((IpV4Packet) Packets.parse(octets)).getHeader();
    }

    public IpV6Packet.IpV6Header ipv6() {
        return ((IpV6Packet) Packets.parse(octets)).getHeader();
    }

    public String source() {
        return version() == 6
                ? ipv6().getSrcAddr().getHostAddress()
                : ipv4().getSrcAddr().getHostAddress();
    }

    public String destination() {
        return version() == 6
                ? ipv6().getDstAddr().getHostAddress()
                : ipv4().getDstAddr().getHostAddress();
    }

    public int protocol() {
        return version() == 6 ? octets[transport() == 48 ? 40 : 6] & 0xff : octets[9] & 0xff;
    }

    /** Where the transport header starts: behind an IPv6 Fragment header, if there is one. */
    public int transport() {
        return version() == 6 ? octets[6] == 44 ? 48 : 40 : (octets[0] & 0xf) * 4;
    }

    public int sourcePort() {
        return u16(transport());
    }

    public int destinationPort() {
        return u16(transport() + 2);
    }

    public int icmpType() {
        return octets[transport()] & 0xff;
    }

    public int icmpCode() {
        return octets[transport() + 1] & 0xff;
    }

    public int icmpIdentifier() {
        return u16(transport() + 4);
    }

    /** The 32 bits behind the ICMP checksum. */
    public int icmpRest() {
        return ByteBuffer.wrap(octets).getInt(transport() + 4);
    }

    /** The packet that an ICMP error quotes. */
    public Wire quoted() {
        return new Wire(Arrays.copyOfRange(octets, transport() + 8, octets.length));
    }

    public int u16(int at) {
        return ByteBuffer.wrap(octets).getShort(at) & 0xffff;
    }

    public byte[] from(int at) {
        return Arrays.copyOfRange(octets, at, octets.length);
    }

    /** Asserts that lengths agree and that IP, TCP, UDP and ICMP checksums are right. */
    public Wire assertSound() {
        assertThat(version() == 6 ? u16(4) + 40 : u16(2)).as("IP length").isEqualTo(octets.length);
        if (version() == 4) {
            assertThat(sum(octets, 0, transport())).as("IPv4 header checksum").isEqualTo(0xffff);
        }
        assertThat(transportSum()).as("transport checksum").isEqualTo(0xffff);
        return this;
    }

    /** The sum over pseudo-header and transport: 0xffff if the checksum is right. */
    public int transportSum() {
        int length = octets.length - transport();
        if (version() == 4 && protocol() == 1) {
            return sum(octets, transport(), length);
        }
        var addresses = version() == 6 ? Arrays.copyOfRange(octets, 8, 40) : Arrays.copyOfRange(octets, 12, 20);
        var covered = ByteBuffer.allocate(addresses.length + 8 + length)
                .put(addresses)
                .putInt(length)
                .putInt(protocol())
                .put(octets, transport(), length)
                .array();
        return sum(covered, 0, covered.length);
    }

    private static int sum(byte[] octets, int at, int length) {
        long sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (long) (octets[at + i] & 0xff) << (i % 2 == 0 ? 8 : 0);
        }
        while (sum > 0xffff) {
            sum = (sum >>> 16) + (sum & 0xffff);
        }
        return (int) sum;
    }

    /** The address as {@link InetAddress} writes it, so that tests may use any form. */
    public static String address(String text) {
        return text.indexOf(':') >= 0
                ? Packets.ip6(text).getHostAddress()
                : Packets.ip4(text).getHostAddress();
    }
}
