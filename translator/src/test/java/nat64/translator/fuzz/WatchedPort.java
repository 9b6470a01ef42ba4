// SPDX-License-Identifier: Apache-2.0
package nat64.translator.fuzz;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HexFormat;
import nat64.translator.fuzz.Judge.Verdict;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketPort;
import nat64.translator.testing.Packets;
import nat64.translator.testing.TestNat64;
import org.jspecify.annotations.Nullable;

/** Looks at every packet that a translator sends, and keeps the last few of each side for others to answer. */
final class WatchedPort implements PacketPort {

    private static final int KEPT = 64;
    private static final byte[] OWN_ADDRESS = Packets.ip6(TestNat64.OWN_ADDRESS).getAddress();

    private final byte[][] sentV4 = new byte[KEPT][];
    private final byte[][] sentV6 = new byte[KEPT][];
    private final byte[] pieces = new byte[Packet.LARGEST + 1];
    private final byte[] octets = new byte[Packet.LARGEST + Packet.HEADROOM + 1];
    private Verdict before = Verdict.UNKNOWN;
    private Verdict quotedBefore = Verdict.UNKNOWN;
    private int errorBefore;
    private int piecesLength;
    private int countV4;
    private int countV6;
    private long sent;
    private long badChecksums;

    WatchedPort() {
        Arrays.fill(sentV4, new byte[0]);
        Arrays.fill(sentV6, new byte[0]);
    }

    /** A packet is about to be processed, or nothing that is known. */
    void expect(@Nullable Judge judge) {
        before = judge == null ? Verdict.UNKNOWN : judge.checksum();
        quotedBefore = judge == null ? Verdict.UNKNOWN : judge.quotedChecksum();
        errorBefore = judge != null && judge.isIcmpError() ? judge.version() : 0;
        piecesLength = 0;
    }

    @Override
    public boolean send(Packet packet) {
        int length = packet.length();
        if (packet.start() < 0 || length < 20 || packet.end() > packet.buffer().byteSize()) {
            throw new AssertionError("a packet from " + packet.start() + " to " + packet.end());
        }
        MemorySegment.copy(packet.buffer(), ValueLayout.JAVA_BYTE, packet.start(), octets, 0, length);
        var judge = Judge.read(octets, length);
        if (judge == null || judge.length() != length) {
            throw new AssertionError("a packet whose lengths or header checksum are wrong");
        }
        sent++;
        if (judge.isFragment()) {
            judgePiece(judge, length);
        } else {
            judgeWhole(judge);
            keep(judge, length);
        }
        return true;
    }

    /** What was right must still be; an ICMP error is always right, be it the translator's own or verified before. */
    private void judgeWhole(Judge judge) {
        var after = judge.checksum();
        boolean error = judge.isIcmpError();
        boolean computed = before == Verdict.ABSENT && judge.version() == 6;
        boolean mustBeRight = error || before == Verdict.RIGHT || computed;
        boolean mended = !error && before == Verdict.WRONG && after == Verdict.RIGHT;
        if ((mustBeRight && after != Verdict.RIGHT) || mended) {
            fail(judge, before, after);
        }
        if (error && errorBefore == judge.version() && (errorBefore == 4 || isFromTranslator())) {
            throw new AssertionError("an ICMP error answers an ICMP error"); // RFC 4443, section 2.4
        }
        if (error && errorBefore > 0 && quotedBefore == Verdict.RIGHT && judge.quotedChecksum() == Verdict.WRONG) {
            fail(judge, quotedBefore, Verdict.WRONG);
        }
    }

    private boolean isFromTranslator() {
        return Arrays.equals(octets, 8, 24, OWN_ADDRESS, 0, 16);
    }

    /** Fragments of one packet come in order; when all are there, they have a checksum together. */
    private void judgePiece(Judge judge, int length) {
        int payload = length - judge.transport();
        boolean ragged = judge.moreFragments() && payload % 8 != 0;
        if (ragged || judge.fragmentOffset() + payload > pieces.length) {
            throw new AssertionError("a fragment with " + payload + " octets at " + judge.fragmentOffset());
        }
        if (judge.fragmentOffset() == piecesLength) {
            System.arraycopy(octets, judge.transport(), pieces, piecesLength, payload);
            piecesLength += payload;
            if (!judge.moreFragments() && (before == Verdict.RIGHT || before == Verdict.ABSENT)) {
                var after = judge.checksum(pieces, 0, piecesLength);
                if (after != Verdict.RIGHT) {
                    fail(judge, before, after);
                }
            }
        }
    }

    private void fail(Judge judge, Verdict expected, Verdict after) {
        badChecksums++;
        var hex = HexFormat.of().formatHex(octets, 0, Math.min(judge.length(), 200));
        throw new AssertionError("a checksum of protocol %d in IPv%d was %s and is %s: %s"
                .formatted(judge.protocol(), judge.version(), expected, after, hex));
    }

    private void keep(Judge judge, int length) {
        if (length <= 2000) {
            var copy = Arrays.copyOf(octets, length);
            if (judge.version() == 6) {
                sentV6[countV6++ % KEPT] = copy;
            } else {
                sentV4[countV4++ % KEPT] = copy;
            }
        }
    }

    /** One of the last packets that were sent to a side; empty as long as there are few. */
    byte[] sent(int version, int which) {
        return version == 6 ? sentV6[which % KEPT] : sentV4[which % KEPT];
    }

    /** Packets sent so far. */
    long count() {
        return sent;
    }

    long badChecksums() {
        return badChecksums;
    }

    @Override
    public boolean receive(Packet packet) {
        return false;
    }

    @Override
    public void await(int milliseconds) {}

    @Override
    public void wake() {}

    @Override
    public boolean isClosed() {
        return false;
    }

    @Override
    public void close() {}
}
