// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import nat64.gateway.bindinglog.format.LogRecord.Change;
import nat64.gateway.bindinglog.format.LogRecord.Place;
import nat64.translator.session.table.Protocol;
import org.junit.jupiter.api.Test;

class IpfixEncoderTest {

    private static final int HEADER = 16;
    private static final int BINDING = 34;
    private static final String EXPORT_TIME = "695735a5"; // 2026-01-02T03:04:05Z
    private static final String TIME = HexFormat.of().toHexDigits(Records.MILLIS);
    private static final String TEMPLATES =
            // a binding: time, event, client, pool4, protocol, client's port, pool4's port
            "0002 0024 0100 0007 0143 0008 00e6 0001 001b 0010 00e1 0004 0004 0001 0007 0002 00e3 0002"
                    // a session: the same, and destinations before and after, with their ports
                    + "0002 0034 0101 000b 0143 0008 00e6 0001 001b 0010 00e1 0004 0004 0001 0007 0002 00e3 0002"
                    + "001c 0010 00e2 0004 000b 0002 00e4 0002"
                    // losses: process; time, records that were not sent
                    + "0003 0016 0102 0003 0001 0090 0004 0143 0008 00a6 0008"
                    // block: time, event, first address of the subscriber, its prefix length, T, ports from, to
                    + "0002 0024 0103 0007 0143 0008 00e6 0001 001b 0010 001d 0001 00e1 0004 0169 0002 016a 0002";
    private static final String CLIENT = "20010db8000000000000000000000007";
    private static final String POOL4 = "c6336407";

    private final IpfixEncoder encoder = new IpfixEncoder(7, 0x4d);

    @Test
    void theFirstMessageHasTheTemplates() {
        var records = TIME + "0a" + CLIENT + POOL4 + "06" + "0fa0" + "c491" + TIME + "0b" + CLIENT + POOL4 + "06"
                + "0fa0" + "c491";

        assertMessage(
                Records.encoded(encoder, Records.binding(Change.START), Records.binding(Change.END)),
                "000a 00ea" + EXPORT_TIME + "00000000 00000007" + TEMPLATES + "0100 0048" + records);
    }

    @Test
    void aSessionHasItsDestination() {
        Records.encoded(encoder, Records.binding(Change.START));

        assertMessage(
                Records.encoded(encoder, Records.session(Change.START)),
                "000a 004e" + EXPORT_TIME + "00000001 00000007" + "0101 003e"
                        + TIME + "06" + CLIENT + POOL4 + "06" + "0fa0" + "c491"
                        + "0064ff9b0000000000000000c0000221" + "c0000221" + "01bb" + "01bb");
    }

    @Test
    void lossesAddUp() {
        Records.encoded(encoder, new LogRecord.Lost(Records.MILLIS, 17, Place.RING));

        assertMessage(
                Records.encoded(encoder, new LogRecord.Lost(Records.MILLIS, 3, Place.QUEUE)),
                "000a 0028" + EXPORT_TIME + "00000001 00000007" + "0102 0018" + "0000004d" + TIME + "0000000000000014");
    }

    @Test
    void anIcmpBindingIsThatOfTheClientsProtocol() {
        var batch = Records.encoded(
                encoder, new LogRecord.Binding(Records.MILLIS, Change.PRESENT, Records.binding(Protocol.ICMP, 7)));

        assertThat(HexFormat.of().formatHex(bytes(batch, 0))).endsWith("0a" + CLIENT + POOL4 + "3a" + "0fa0" + "0007");
    }

    @Test
    void startAndEndOfTheLogAreNoMessages() {
        assertThat(Records.encoded(encoder, new LogRecord.LogStart(1), new LogRecord.LogEnd(2)))
                .returns(0, Batch::messages)
                .returns(true, Batch::isEmpty);
    }

    @Test
    void noMessageIsLargerThan1400BytesAndNoRecordIsMissing() {
        var batch = new Batch();
        for (int i = 0; i < 1000; i++) {
            encoder.encode(i % 3 == 0 ? Records.session(Change.END) : Records.binding(Change.START), batch, 0);
            assertThat(batch.hasRoom()).isTrue();
        }
        encoder.finish(batch, 0);

        int sequence = 0;
        for (int i = 0; i < batch.messages(); i++) {
            var message = batch.message(i);
            assertThat(message.remaining())
                    .isLessThanOrEqualTo(IpfixEncoder.LARGEST_MESSAGE)
                    .isEqualTo(message.getShort(2));
            assertThat(message.getInt(8)).isEqualTo(sequence);
            sequence += records(message);
        }
        assertThat(sequence).isEqualTo(batch.records()).isEqualTo(1000);
    }

    @Test
    void templatesAreToldAgainEachMinute() {
        assertThat(firstSet(0)).isEqualTo(2);
        assertThat(firstSet(IpfixEncoder.BETWEEN_TEMPLATES - 1)).isEqualTo(256);
        assertThat(firstSet(IpfixEncoder.BETWEEN_TEMPLATES)).isEqualTo(2);
        assertThat(firstSet(IpfixEncoder.BETWEEN_TEMPLATES + 1)).isEqualTo(256);
    }

    @Test
    void templatesThatWereDroppedAreToldAgain() {
        firstSet(0);
        encoder.dropped();

        assertThat(firstSet(1)).isEqualTo(2);
    }

    private int firstSet(long now) {
        var batch = new Batch();
        encoder.encode(Records.binding(Change.START), batch, now);
        encoder.finish(batch, now);
        return batch.message(0).getShort(HEADER);
    }

    /** Counts data records as a collector does: by the sets and the lengths that their templates have. */
    private static int records(ByteBuffer message) {
        int records = 0;
        for (int at = HEADER; at < message.limit(); at += message.getShort(at + 2)) {
            int length = message.getShort(at + 2) - 4;
            records += switch (message.getShort(at)) {
                case 256 -> length / BINDING;
                case 257 -> length / 58;
                default -> 0;
            };
        }
        return records;
    }

    private static void assertMessage(Batch batch, String hex) {
        assertThat(batch.messages()).isEqualTo(1);
        assertThat(HexFormat.of().formatHex(bytes(batch, 0))).isEqualTo(hex.replace(" ", ""));
    }

    private static byte[] bytes(Batch batch, int message) {
        var bytes = new byte[batch.message(message).remaining()];
        batch.message(message).get(bytes);
        return bytes;
    }
}
