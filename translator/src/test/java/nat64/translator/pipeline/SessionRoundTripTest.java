// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.echo4;
import static nat64.translator.testing.Packets.echo6;
import static nat64.translator.testing.Packets.error4;
import static nat64.translator.testing.Packets.error6;
import static nat64.translator.testing.Packets.tcp4;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import nat64.translator.address.Pref64;
import nat64.translator.session.pool4.PortRange;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is true of every packet that goes from IPv6 to IPv4 and whose answer comes back, tried with random ones. */
class SessionRoundTripTest {

    private static final int PACKETS = 150;

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "2001:dba::/32",
                "2001:db8:100::/40",
                "2001:db8:122::/48",
                "2001:db8:122:300::/56",
                "2001:db8:122:344::/64",
                "2001:db8:122:344::/96"
            })
    @Tag("C-067")
    @Tag("C-095")
    void keepsWhatIsNotAnAddress(String prefix) {
        var pref64 = Pref64.parse(prefix);
        try (var nat64 = new TestTranslator(TestNat64.settings(List.of(pref64), PortRange.ALL, 4096))) {
            var random = new Random(7915 + pref64.hashCode());
            for (int i = 0; i < PACKETS; i++) {
                var trip = new Trip(nat64, pref64, random);
                trip.udp();
                trip.tcp();
                trip.echo();
                trip.fragments();
            }
        }
    }

    /** One remote host with random ports and payload. */
    private static final class Trip {

        private final TestTranslator nat64;
        private final String remote;
        private final String remoteInPref64;
        private final int here;
        private final int there;
        private final byte[] payload;
        private final boolean spoilt;

        Trip(TestTranslator nat64, Pref64 pref64, Random random) {
            this.nat64 = nat64;
            int ipv4 = 0xc633_6400 | random.nextInt(256);
            remote = "198.51.100." + (ipv4 & 0xff);
            remoteInPref64 = Wire.address(pref64.embed(ipv4).toString());
            here = random.nextInt(1, 65_536);
            there = random.nextInt(1, 65_536);
            payload = new byte[random.nextInt(1, 1100)];
            random.nextBytes(payload);
            spoilt = random.nextInt(4) == 0;
        }

        void udp() {
            var out = there(udp6(CLIENT, here, remoteInPref64, there, payload), 28);
            assertThat(out.destinationPort()).isEqualTo(there);
            var in = back(udp4(remote, there, out.source(), out.sourcePort(), payload), 48);
            assertThat(in.sourcePort()).isEqualTo(there);
            assertThat(in.destinationPort()).isEqualTo(here);
            errors(out, in);
        }

        void tcp() {
            var out = there(tcp6(CLIENT, here, remoteInPref64, there, "S", payload), 40);
            var in = back(tcp4(remote, there, out.source(), out.sourcePort(), "SA", payload), 60);
            assertThat(in.destinationPort()).isEqualTo(here);
            assertThat(in.from(44)).startsWith(1, 2, 3, 4, 10, 11, 12, 13, 0x50, 0x12, 0x10, 0);
            errors(out, in);
        }

        void echo() {
            var out = nat64.translate(echo6(CLIENT, remoteInPref64, true, here, there));
            assertThat(out.destination()).isEqualTo(remote);
            var reply = echo4(remote, out.source(), false, out.icmpIdentifier(), there);
            var in = nat64.translate(reply);
            assertThat(in.source()).isEqualTo(remoteInPref64);
            assertThat(in.icmpIdentifier()).isEqualTo(here);
            assertThat(in.from(46)).isEqualTo(new Wire(reply).from(26));
            errors(out, in);
        }

        /** Two fragments of a datagram are the same datagram on the other side. */
        void fragments() {
            var whole = udp6(CLIENT, here, remoteInPref64, there, payload);
            int cut = 8 * (1 + payload.length / 16);
            int rest = whole.length - 40 - cut;
            var first = nat64.send(fragment6(whole, 0, cut, true)).getFirst();
            var second = nat64.send(fragment6(whole, cut, rest, false)).getFirst();
            var joined = ByteBuffer.allocate(first.octets().length + rest)
                    .put(first.octets())
                    .put(second.octets(), 20, rest)
                    .putShort(2, (short) (20 + cut + rest))
                    .putShort(6, (short) 0);
            assertThat(new Wire(joined.array()).transportSum()).isEqualTo(0xffff);
            assertThat(new Wire(joined.array()).from(28)).isEqualTo(payload);
        }

        /** Sends a packet whose checksum is right, or not, and looks at it on the IPv4 side. */
        private Wire there(byte[] packet, int payloadAt) {
            var out = pass(packet, 40);
            assertThat(out.destination()).isEqualTo(remote);
            assertThat(out.ipv4().getTtlAsInt()).isEqualTo(63);
            assertThat(out.octets()[1]).as("traffic class").isEqualTo((byte) 0xb8);
            assertThat(out.from(payloadAt)).isEqualTo(payload);
            return out;
        }

        private Wire back(byte[] packet, int payloadAt) {
            var in = pass(packet, 20);
            assertThat(in.source()).isEqualTo(remoteInPref64);
            assertThat(in.destination()).isEqualTo(Wire.address(CLIENT));
            assertThat(in.ipv6().getHopLimitAsInt()).isEqualTo(63);
            assertThat(in.u16(0)).as("traffic class").isEqualTo(0x6100);
            assertThat(in.from(payloadAt)).isEqualTo(payload);
            return in;
        }

        private Wire pass(byte[] packet, int transport) {
            int checksum = transport + (packet[transport == 40 ? 6 : 9] == 17 ? 7 : 17);
            if (spoilt) {
                packet[checksum] ^= 0x10;
            }
            var translated = nat64.send(packet).getFirst();
            assertThat(translated.transportSum() == 0xffff).isEqualTo(!spoilt);
            return translated;
        }

        /** Errors about both packets arrive, and quote them as they were sent. */
        private void errors(Wire out, Wire in) {
            var error = nat64.translate(error4(remote, out.source(), 3, 3, 0, out.octets()));
            assertThat(error.destination()).isEqualTo(Wire.address(CLIENT));
            assertThat(error.quoted().source()).isEqualTo(Wire.address(CLIENT));
            assertThat(error.quoted().destination()).isEqualTo(remoteInPref64);
            assertThat(error.quoted().transportSum() == 0xffff).isEqualTo(out.transportSum() == 0xffff);
            var other = nat64.translate(error6(CLIENT, remoteInPref64, 1, 4, 0, in.octets()));
            assertThat(other.source()).isEqualTo(out.source());
            assertThat(other.destination()).isEqualTo(remote);
            assertThat(other.quoted().source()).isEqualTo(remote);
            assertThat(other.quoted().destination()).isEqualTo(out.source());
        }
    }

    private static byte[] fragment6(byte[] whole, int offset, int length, boolean more) {
        var fragment = ByteBuffer.allocate(48 + length).put(whole, 0, 40);
        fragment.putShort(4, (short) (8 + length)).put(6, (byte) 44);
        fragment.put(whole[6]).put((byte) 0).putShort((short) (offset | (more ? 1 : 0)));
        fragment.putInt(0x1234_0000 | (whole.length & 0xffff));
        return fragment.put(whole, 40 + offset, length).array();
    }
}
