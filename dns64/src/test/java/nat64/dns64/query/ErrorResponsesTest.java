// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import static nat64.dns64.testing.Records.name;
import static nat64.dns64.testing.Records.records;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import nat64.dns64.cache.PacketCache;
import nat64.dns64.message.Outcome;
import nat64.dns64.statistics.Transport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.CookieOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Responses to what is no query: who sends an OPT record gets one back (RFC 6891, sections 6.1.1 and 7). */
class ErrorResponsesTest {

    private static final String PREF64 = "2001:db8:64::/96";
    private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.99");
    private static final InetAddress STRANGER = InetAddress.ofLiteral("198.51.100.1");
    private static final String CLIENT_COOKIE = "0102030405060708";

    private final QueryHandler handler = Pipelines.handler(
            Pipelines.pipeline((_, _) -> CompletableFuture.completedStage(new Outcome.Timeout()), () -> 0, PREF64),
            new Counters(),
            new PacketCache(0, 0, () -> 0),
            PREF64);

    @ParameterizedTest
    @CsvSource({
        "000a0004 01020304,                  FORMERR", // a cookie of 4 bytes
        "000a0009 010203040506070809,        FORMERR", // one with a server cookie that is too short
        "000a00ff 0102030405060708,          FORMERR", // an option that is longer than the record
        "000a00,                             FORMERR", // part of an option
        "00080003 000102,                    FORMERR", // a client subnet that is too short
    })
    @Tag("R-95")
    void aMalformedOptionGetsAnOptRecord(String options, String rcode) throws IOException {
        var response = answer(withOptions(query(), HexFormat.of().parseHex(options.replace(" ", ""))));

        assertThat(Rcode.string(response.getRcode())).isEqualTo(rcode);
        assertThat(response.getOPT()).isNotNull();
        assertThat(response.getOPT().getVersion()).isZero();
        assertThat(response.getOPT().getPayloadSize()).isEqualTo(1232);
    }

    @Test
    @Tag("R-95")
    void optionsOfAnotherVersionAreNotRead() throws IOException {
        byte[] query = withOptions(query(), new byte[] {0, 10, 0, 4, 1, 2, 3, 4});
        query[query.length - 8 - 5] = 1; // the version, before flags and length

        assertThat(answer(query).getRcode()).isEqualTo(Rcode.BADVERS);
    }

    @ParameterizedTest
    @CsvSource({"4", "5", "2", "15"}) // NOTIFY, UPDATE, STATUS, none
    @Tag("R-07")
    void anotherOpcodeGetsAnOptRecordIfItHasOne(int opcode) throws IOException {
        byte[] plain = query().toWire();
        byte[] edns = withOptions(query(), new byte[0]);
        edns[edns.length - 4] = (byte) 0x80; // DO
        for (byte[] message : new byte[][] {plain, edns}) {
            message[2] = (byte) (opcode << 3);
        }

        assertThat(handle(plain, CLIENT)).hasSize(Header.LENGTH);
        var response = answer(edns);
        assertThat(response.getRcode()).isEqualTo(Rcode.NOTIMP);
        assertThat(response.getHeader().getOpcode()).isEqualTo(opcode);
        assertThat(response.getOPT().getFlags()).isEqualTo(ExtendedFlags.DO);
    }

    @Test
    @Tag("R-05")
    void twoQuestionsGetAnOptRecord() throws IOException {
        var two = query();
        two.addRecord(Record.newRecord(name("n.example.org."), Type.A, DClass.IN), Section.QUESTION);
        var response = answer(withOptions(two, new byte[0]));

        assertThat(response.getRcode()).isEqualTo(Rcode.FORMERR);
        assertThat(response.getOPT()).isNotNull();
    }

    /** The OPT record of an UPDATE stands behind its other sections. */
    @Test
    @Tag("R-07")
    void anUpdateGetsAnOptRecord() throws IOException {
        var update = new Message(7);
        update.getHeader().setOpcode(Opcode.UPDATE);
        update.addRecord(Record.newRecord(name("example.org."), Type.SOA, DClass.IN), Section.QUESTION);
        records("a.example.org. 60 IN A 192.0.2.1", "b.example.org. 60 IN A 192.0.2.2")
                .forEach(record -> update.addRecord(record, Section.AUTHORITY));

        assertThat(answer(withOptions(update, new byte[0])).getOPT()).isNotNull();
    }

    /** RFC 7873, section 5.4. */
    @Test
    @Tag("R-105")
    void aCookieWithoutAQuestionGetsACookie() throws IOException {
        var first = answer(withOptions(new Message(7), cookie(CLIENT_COOKIE)));
        assertThat(first.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(first.getSection(Section.QUESTION)).isEmpty();
        byte[] server = cookies(first).getServerCookie().orElseThrow();

        var again = answer(withOptions(
                new Message(7), cookie(CLIENT_COOKIE + HexFormat.of().formatHex(server))));
        assertThat(again.getRcode()).isEqualTo(Rcode.NOERROR);

        server[server.length - 1] ^= 1;
        var bad = answer(withOptions(
                new Message(7), cookie(CLIENT_COOKIE + HexFormat.of().formatHex(server))));
        assertThat(bad.getRcode()).isEqualTo(Rcode.BADCOOKIE);
        assertThat(cookies(bad).getServerCookie()).isPresent();
    }

    @Test
    @Tag("R-105")
    void noQuestionAndNoCookieIsMalformed() throws IOException {
        assertThat(answer(withOptions(new Message(7), new byte[0])).getRcode()).isEqualTo(Rcode.FORMERR);
        assertThat(handle(new Message(7).toWire(), CLIENT)).hasSize(Header.LENGTH);
    }

    @Test
    @Tag("R-105")
    void strangersGetNoCookieWithoutAQuestion() throws IOException {
        var response = new Message(handle(withOptions(new Message(7), cookie(CLIENT_COOKIE)), STRANGER));

        assertThat(response.getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(response.getOPT().getOptions(EDNSOption.Code.COOKIE)).isEmpty();
    }

    @Test
    @Tag("R-105")
    void aCookieWithoutAQuestionGetsNoMoreThanItSentWhereThereAreTooMany() throws IOException {
        byte[] message = withOptions(new Message(7), cookie(CLIENT_COOKIE));
        byte[] response = handler.handleTooMany(message, CLIENT)
                .toCompletableFuture()
                .join()
                .orElseThrow();

        assertThat(response).hasSizeLessThanOrEqualTo(message.length);
        assertThat(new Message(response).getHeader().getFlag(Flags.TC)).isTrue();
    }

    private static CookieOption cookies(Message response) {
        return (CookieOption)
                response.getOPT().getOptions(EDNSOption.Code.COOKIE).getFirst();
    }

    private static byte[] cookie(String hex) {
        byte[] data = HexFormat.of().parseHex(hex);
        return ByteBuffer.allocate(4 + data.length)
                .putShort((short) EDNSOption.Code.COOKIE)
                .putShort((short) data.length)
                .put(data)
                .array();
    }

    /** The message with an OPT record at its end whose options are these bytes. */
    private static byte[] withOptions(Message message, byte[] options) {
        byte[] bytes = message.toWire();
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 11 + options.length);
        longer[11]++;
        ByteBuffer.wrap(longer, bytes.length, 11 + options.length)
                .put((byte) 0)
                .putShort((short) Type.OPT)
                .putShort((short) 1232)
                .putInt(0)
                .putShort((short) options.length)
                .put(options);
        return longer;
    }

    private static Message query() {
        return Message.newQuery(Record.newRecord(name("www.example.org."), Type.A, DClass.IN));
    }

    private Message answer(byte[] message) throws IOException {
        return new Message(handle(message, CLIENT));
    }

    private byte[] handle(byte[] message, InetAddress client) {
        return handler.handle(message, client, Transport.UDP)
                .toCompletableFuture()
                .join()
                .orElseThrow();
    }
}
