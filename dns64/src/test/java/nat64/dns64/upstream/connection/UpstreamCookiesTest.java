// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import nat64.dns64.message.ReplyOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class UpstreamCookiesTest {

    private static final InetAddress HERE = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress THERE = InetAddress.ofLiteral("192.0.2.2");

    private final AtomicLong now = new AtomicLong();
    private final UpstreamCookies cookies = new UpstreamCookies(now::get);

    @Test
    @Tag("R-105")
    void hasACookieForEachAddressOfOursAndForADay() {
        byte[] first = cookies.option(HERE);

        assertThat(cookies.option(HERE)).isEqualTo(first);
        assertThat(cookies.option(THERE)).isNotEqualTo(first);
        byte[] there = cookies.option(THERE);
        now.addAndGet(TimeUnit.DAYS.toNanos(1));
        assertThat(cookies.option(THERE)).isNotEqualTo(there);
    }

    @Test
    @Tag("R-105")
    void sendsNoCookieForFiveMinutesToAServerWithout() {
        byte[] option = cookies.option(HERE);
        cookies.admitsOverTcp(Arrays.copyOfRange(option, 4, option.length), new byte[12]);

        assertThat(cookies.option(HERE)).isEmpty();
        now.addAndGet(TimeUnit.MINUTES.toNanos(5));
        assertThat(cookies.option(HERE)).hasSize(12).isNotEqualTo(option);
    }

    @Test
    @Tag("R-105")
    void keepsNoServerCookieOfAWrongLength() {
        byte[] option = cookies.option(HERE);
        byte[] sent = Arrays.copyOfRange(option, 4, option.length);
        for (int wrong : new int[] {7, 33}) {
            byte[] both = Arrays.copyOf(sent, sent.length + wrong);
            var response = new Message();
            response.addRecord(
                    Record.newRecord(Name.fromConstantString("www.example.org."), Type.A, DClass.IN), Section.QUESTION);
            response.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
            byte[] wire = ReplyOptions.add(response.toWire(), ReplyOptions.option(EDNSOption.Code.COOKIE, both));

            assertThat(cookies.admits(sent, wire)).isFalse();
            assertThat(cookies.admitsOverTcp(sent, wire)).isFalse();
        }
        assertThat(cookies.option(HERE)).isEqualTo(option);
    }
}
