// SPDX-License-Identifier: Apache-2.0
package nat64.translator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Cuts packets into fragments and puts fragments together again. */
public final class Fragments {

    private static final int MORE_FRAGMENTS = 0x2000;

    private Fragments() {}

    /** The IPv4 packet without DF. */
    public static byte[] allowed(byte[] ipv4) {
        ipv4[6] &= ~0x40;
        return Packets.withHeaderChecksum(ipv4);
    }

    /** The IPv4 packet with DF. */
    public static byte[] forbidden(byte[] ipv4) {
        ipv4[6] |= 0x40;
        return Packets.withHeaderChecksum(ipv4);
    }

    public static List<byte[]> ofIpv6(byte[] whole, int size, int identification) {
        var fragments = new ArrayList<byte[]>();
        int payload = whole.length - 40;
        for (int offset = 0; offset < payload; offset += size) {
            int length = Math.min(size, payload - offset);
            var fragment = ByteBuffer.allocate(48 + length).put(whole, 0, 40);
            fragment.put(whole[6]).put((byte) 0).putShort((short) (offset | (offset + length < payload ? 1 : 0)));
            fragment.putInt(identification).put(whole, 40 + offset, length);
            fragments.add(
                    fragment.putShort(4, (short) (8 + length)).put(6, (byte) 44).array());
        }
        return fragments;
    }

    public static List<byte[]> ofIpv4(byte[] whole, int size) {
        var fragments = new ArrayList<byte[]>();
        int payload = whole.length - 20;
        for (int offset = 0; offset < payload; offset += size) {
            int length = Math.min(size, payload - offset);
            var fragment = ByteBuffer.allocate(20 + length).put(whole, 0, 20).put(whole, 20 + offset, length);
            fragment.putShort(2, (short) (20 + length));
            fragment.putShort(6, (short) (offset / 8 | (offset + length < payload ? MORE_FRAGMENTS : 0)));
            fragments.add(Packets.withHeaderChecksum(fragment.array()));
        }
        return fragments;
    }

    /** The packet that these fragments are, without Fragment header; they must be in order and without gaps. */
    public static Wire ipv6(List<Wire> fragments, int identification) {
        var payload = new ByteArrayOutputStream();
        for (var fragment : fragments) {
            var octets = ByteBuffer.wrap(fragment.octets());
            assertThat(octets.get(6)).as("next header").isEqualTo((byte) 44);
            assertThat(octets.getInt(44)).as("identification").isEqualTo(identification);
            assertThat(octets.getShort(42) & 0xfff8).as("offset").isEqualTo(payload.size());
            assertThat(octets.getShort(42) & 1).as("more").isEqualTo(fragment == fragments.getLast() ? 0 : 1);
            assertThat(octets.getShort(4) + 40).as("length").isEqualTo(fragment.octets().length);
            payload.writeBytes(fragment.from(48));
        }
        var first = fragments.getFirst().octets();
        var whole = ByteBuffer.allocate(40 + payload.size()).put(first, 0, 40).put(payload.toByteArray());
        return new Wire(
                whole.putShort(4, (short) payload.size()).put(6, first[40]).array());
    }

    /** The packet that these fragments are; they must be in order and without gaps. */
    public static Wire ipv4(List<Wire> fragments) {
        var payload = new ByteArrayOutputStream();
        for (var fragment : fragments) {
            assertThat(fragment.u16(2)).as("length").isEqualTo(fragment.octets().length);
            int more = fragment == fragments.getLast() ? 0 : MORE_FRAGMENTS;
            assertThat(fragment.u16(6)).as("offset and flags").isEqualTo(payload.size() / 8 | more);
            payload.writeBytes(fragment.from(20));
        }
        var whole = ByteBuffer.allocate(20 + payload.size())
                .put(fragments.getFirst().octets(), 0, 20);
        whole.put(payload.toByteArray())
                .putShort(2, (short) (20 + payload.size()))
                .putShort(6, (short) 0);
        return new Wire(Packets.withHeaderChecksum(whole.array()));
    }
}
