// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.cache;

import static nat64.dns64.cache.Messages.query;
import static nat64.dns64.cache.Messages.queryWithEdns;
import static nat64.dns64.cache.Messages.queryWithOption;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketQueryTest {

    private static final int COOKIE = 10;

    private final PacketQuery query = new PacketQuery();

    @Test
    void readsAQuery() {
        assertThat(read(query("www.example.org."))).isTrue();
        assertThat(query.hasEdns()).isFalse();
        assertThat(query.limit()).isEqualTo(512);
    }

    @ParameterizedTest
    @CsvSource({"100, 512", "512, 512", "900, 900", "1232, 1232", "4096, 1232", "65535, 1232"})
    void knowsHowMuchTheClientTakes(int payload, int limit) {
        assertThat(read(queryWithEdns("www.example.org.", payload, false))).isTrue();
        assertThat(query.limit()).isEqualTo(limit);
    }

    @Test
    void takesNamesInAnyCaseForTheSame() {
        var key = key(query("www.example.org."));

        assertThat(key(query("WWW.eXaMpLe.ORG."))).isEqualTo(key);
        assertThat(key(query("wwx.example.org."))).isNotEqualTo(key);
    }

    @Test
    void tellsTheFlagsThatChangeAnAnswerApart() {
        byte[] checkingDisabled = query("www.example.org.");
        checkingDisabled[3] |= 0x10;

        assertThat(Stream.of(
                        key(query("www.example.org.")),
                        key(checkingDisabled),
                        key(queryWithEdns("www.example.org.", 1232, false)),
                        key(queryWithEdns("www.example.org.", 1232, true))))
                .doesNotHaveDuplicates();
    }

    @Test
    void tellsTypesAndClassesApart() {
        byte[] other = query("www.example.org.");
        other[other.length - 1] = 3;
        byte[] another = query("www.example.org.");
        another[another.length - 3] = 1;

        assertThat(Stream.of(key(query("www.example.org.")), key(other), key(another)))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "10, 8, true",
        "10, 16, true",
        "10, 40, true",
        "10, 7, false",
        "10, 12, false",
        "10, 41, false",
        "8, 8, false",
        "12, 8, false"
    })
    void readsNoOptionButAWellFormedCookie(int code, int length, boolean reads) {
        assertThat(read(queryWithOption("www.example.org.", code, new byte[length])))
                .isEqualTo(reads);
        assertThat(code == COOKIE || !reads).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "2, 0x81", // a response
        "2, 0x09", // opcode 1
        "2, 0x03", // TC
        "2, 0x00", // no RD
        "5, 2", // two questions
        "7, 1", // an answer
        "9, 1", // an authority
        "11, 1", // an additional record that is not there
        "11, 2",
        "12, 0xc0", // a pointer
        "12, 64" // a label that is too long
    })
    void leavesTheUnusualToOthers(int at, String value) {
        byte[] message = query("www.example.org.");
        message[at] = Integer.decode(value).byteValue();

        assertThat(read(message)).isFalse();
    }

    @Test
    void leavesCutMessagesAndThoseWithMoreBehindToOthers() {
        byte[] whole = queryWithEdns("www.example.org.", 1232, true);
        for (int length = 0; length < whole.length; length++) {
            assertThat(query.read(whole, length, 0)).as("%d bytes", length).isFalse();
        }
        assertThat(read(Arrays.copyOf(whole, whole.length + 1))).isFalse();
    }

    @Test
    void survivesRandomBytes() {
        var random = new Random(1035);
        byte[] whole = queryWithEdns("www.example.org.", 1232, true);
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = whole.clone();
            for (int flips = random.nextInt(6); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            if (query.read(bytes, random.nextInt(bytes.length + 1), 0)) {
                assertThat(query.questionLength()).isLessThan(bytes.length);
            }
        }
    }

    private boolean read(byte[] message) {
        return query.read(message, message.length, 0);
    }

    private String key(byte[] message) {
        assertThat(read(message)).isTrue();
        byte[] key = new byte[query.keyLength()];
        query.copyKey(key, 0);
        return HexFormat.of().formatHex(key);
    }
}
