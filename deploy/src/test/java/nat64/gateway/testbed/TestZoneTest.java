// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class TestZoneTest {

    @ParameterizedTest
    @CsvSource({
        "ipv4only.example.org., A,    192.52.193.2",
        "dual.example.org.,     A,    192.52.193.2",
        "dual.example.org.,     AAAA, 2001:db8:2:0:0:0:0:80",
    })
    void hasTheAddressesOfTheServer(String name, String type, String address) throws IOException {
        var answer = ask(name, Type.value(type));

        assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(answer.getSection(Section.ANSWER))
                .singleElement()
                .extracting(Record::rdataToString)
                .isEqualTo(address);
    }

    @Test
    void followsItsAlias() throws IOException {
        assertThat(ask("alias.example.org.", Type.A).getSection(Section.ANSWER))
                .extracting(Record::rdataToString)
                .containsExactly("ipv4only.example.org.", "192.52.193.2");
    }

    @Test
    void saysThatTheIpv4OnlyNameHasNoIpv6Address() throws IOException {
        var answer = ask("ipv4only.example.org.", Type.AAAA);

        assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answer.getSection(Section.ANSWER)).isEmpty();
        assertThat(answer.getSection(Section.AUTHORITY))
                .singleElement()
                .extracting(Record::getType)
                .isEqualTo(Type.SOA);
    }

    @Test
    void knowsNoOtherName() throws IOException {
        assertThat(ask("missing.example.org.", Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void refusesNamesOfOthers() throws IOException {
        assertThat(ask("www.example.com.", Type.A).getRcode()).isEqualTo(Rcode.REFUSED);
    }

    private static Message ask(String name, int type) throws IOException {
        var question = Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
        var answer = new Message(new TestZone().answer(question.toWire()));
        assertThat(answer.getHeader().getID()).isEqualTo(question.getHeader().getID());
        return answer;
    }
}
