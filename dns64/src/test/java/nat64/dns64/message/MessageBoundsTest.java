// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.message;

import static nat64.dns64.testing.Records.name;
import static nat64.dns64.testing.Records.records;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

@Tag("R-137")
class MessageBoundsTest {

    private static final int ANY_RECORDS = 1000;

    /** The labels of www.example.org with the root are 4; a pointer to it makes 5. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                " | 4",
                "www.example.org. 60 IN A 192.0.2.1 | 9",
                "www.example.org. 60 IN CNAME www.example.org. | 14",
                "www.example.org. 60 IN MX 1 www.example.org. | 14",
                "www.example.org. 60 IN SRV 1 2 3 www.example.org. | 13", // which has no pointer
                "www.example.org. 60 IN SOA www.example.org. www.example.org. 1 2 3 4 5 | 19",
                "www.example.org. 60 IN NAPTR 1 2 a b c www.example.org. | 13",
                "www.example.org. 60 IN TXT a b c | 12",
            })
    void countsTheLabelsAndPointersOfAllNames(String record, int parts) {
        byte[] message = message(record == null ? new String[0] : new String[] {record});

        assertThat(MessageBounds.admits(message, ANY_RECORDS, parts)).isTrue();
        assertThat(MessageBounds.admits(message, ANY_RECORDS, parts - 1)).isFalse();
    }

    @Test
    void countsQuestionsAndRecords() {
        byte[] message = message("www.example.org. 60 IN A 192.0.2.1", "www.example.org. 60 IN A 192.0.2.2");

        assertThat(MessageBounds.admits(message, 3, 100)).isTrue();
        assertThat(MessageBounds.admits(message, 2, 100)).isFalse();
    }

    @Test
    void refusesPointersThatLeadToPointers() {
        var chain = new ByteArrayOutputStream();
        for (int at = MessageLimits.HEADER + 21 + 11; at < 16_000; at += 2) {
            chain.writeBytes(pointer(at == MessageLimits.HEADER + 21 + 11 ? MessageLimits.HEADER : at - 2));
        }
        var message = new ByteArrayOutputStream();
        message.writeBytes(message());
        message.writeBytes(record(new byte[] {0}, Type.NULL, chain.toByteArray()));
        byte[] end = pointer(message.size() - 2);
        for (int i = 0; i < 10; i++) {
            message.writeBytes(record(end, Type.A, new byte[4]));
        }
        byte[] bytes = message.toByteArray();
        ByteBuffer.wrap(bytes).putShort(6, (short) 11);

        assertThat(MessageBounds.admits(bytes, ANY_RECORDS, 8192)).isFalse();
    }

    /** A record of eight kilobytes can name all types; a parser makes an object for each. */
    @Test
    void countsTheBitsOfNsecRecords() {
        var types = new ByteArrayOutputStream();
        types.write(0);
        for (int window = 0; window < 256; window++) {
            types.write(window);
            types.write(32);
            byte[] all = new byte[32];
            Arrays.fill(all, (byte) 0xff);
            types.writeBytes(all);
        }
        byte[] bytes = withOne(record(new byte[] {0}, Type.NSEC, types.toByteArray()));

        assertThat(MessageBounds.admits(bytes, ANY_RECORDS, 8192)).isFalse();
    }

    @Test
    void endsOnAnyBytes() {
        var random = new Random(25);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (bytes.length > 12) {
                Arrays.fill(bytes, 4, 12, (byte) 0);
                bytes[5] = 1;
                bytes[7] = (byte) random.nextInt(20);
            }
            MessageBounds.admits(bytes, ANY_RECORDS, 500);
        }
    }

    private static byte[] withOne(byte[] record) {
        var message = new ByteArrayOutputStream();
        message.writeBytes(message());
        message.writeBytes(record);
        byte[] bytes = message.toByteArray();
        ByteBuffer.wrap(bytes).putShort(6, (short) 1);
        return bytes;
    }

    private static byte[] pointer(int to) {
        return new byte[] {(byte) (0xc0 | (to >>> 8)), (byte) to};
    }

    private static byte[] record(byte[] name, int type, byte[] data) {
        return ByteBuffer.allocate(name.length + 10 + data.length)
                .put(name)
                .putShort((short) type)
                .putShort((short) DClass.IN)
                .putInt(60)
                .putShort((short) data.length)
                .put(data)
                .array();
    }

    private static byte[] message(String... answer) {
        var message = Message.newQuery(Record.newRecord(name("www.example.org."), Type.A, DClass.IN));
        if (answer.length > 0) {
            records(answer).forEach(record -> message.addRecord(record, Section.ANSWER));
        }
        return message.toWire();
    }
}
