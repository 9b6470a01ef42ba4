// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator.log;

import static org.assertj.core.api.Assertions.assertThat;

import nat64.gateway.config.ConfigFile;
import nat64.gateway.config.WrongConfig;
import nat64.gateway.config.translator.log.LogServer.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindingLogConfigTest {

    @Test
    void nothingIsLoggedUnlessTheFileSaysSo() {
        var log = ConfigFile.defaults().config().translator().bindingLog();

        assertThat(log.isOn()).isFalse();
        assertThat(log.destinations()).isFalse();
    }

    @Test
    void outputsAreToldByTheirAddresses() {
        var log = read("""
                {json: {file: /var/log/nat64/bindings.json}, syslog: {server: "tls://192.0.2.1#logs.example.org"},
                ipfix: {collector: "udp://[2001:DB8::1]"}}""");

        assertThat(log.outputs())
                .containsExactly(
                        "/var/log/nat64/bindings.json",
                        "syslog at tls://192.0.2.1:6514#logs.example.org",
                        "IPFIX at udp://[2001:db8::1]:4739");
    }

    @ParameterizedTest
    @CsvSource({
        "udp://192.0.2.1, UDP, 192.0.2.1, 514, 192.0.2.1",
        "udp://192.0.2.1:5514, UDP, 192.0.2.1, 5514, 192.0.2.1",
        "tcp://logs.example.org, TCP, logs.example.org, 514, logs.example.org",
        "tls://logs.example.org, TLS, logs.example.org, 6514, logs.example.org",
        "tls://[2001:db8::1]:7000#logs.example.org, TLS, 2001:db8::1, 7000, logs.example.org",
    })
    void serversAreRead(String text, Transport transport, String host, int port, String name) {
        assertThat(read("{syslog: {server: \"" + text + "\"}}").syslog().server())
                .contains(new LogServer(transport, host, port, name));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            no scheme | syslog: {server: 192.0.2.1} | syslog.server: 192.0.2.1 is not a server | udp://192.0.2.1:514
            unknown scheme | syslog: {server: "http://192.0.2.1"} | syslog.server: http:// is not a way \
              | udp:// or tcp:// or tls://
            IPFIX over TCP | ipfix: {collector: "tcp://192.0.2.1"} | ipfix.collector: tcp:// is not a way | udp://
            path | syslog: {server: "tls://192.0.2.1/log"} | syslog.server: tls://192.0.2.1/log is not a server \
              | udp://192.0.2.1:514
            port 0 | syslog: {server: "udp://192.0.2.1:0"} | syslog.server: 0 is not an integer between 1 and 65535 \
              | udp://192.0.2.1:514
            empty port | syslog: {server: "udp://192.0.2.1:"} | syslog.server:  is not an integer between 1 and 65535 \
              | udp://192.0.2.1:514
            bare IPv6 | syslog: {server: "udp://2001:db8::1"} | syslog.server: udp://2001:db8::1 is not a server \
              | udp://192.0.2.1:514
            wrong IPv4 | syslog: {server: "udp://192.0.2.256"} | syslog.server: not an IPv4 address \
              | udp://192.0.2.1:514
            no host | syslog: {server: "udp://:514"} | syslog.server: not an IPv4 address | udp://192.0.2.1:514
            multicast | ipfix: {collector: "udp://224.0.0.1"} | ipfix.collector: 224.0.0.1 is not the address of one \
              | udp://192.0.2.1:4739
            any address | ipfix: {collector: "udp://[::]"} | ipfix.collector: [::] is not the address of one \
              | udp://192.0.2.1:4739
            name without TLS | syslog: {server: "tcp://192.0.2.1#logs"} | syslog.server: #logs is the name in a \
              | leave it out
            wrong name | syslog: {server: "tls://192.0.2.1#a b"} | syslog.server: 'a b' is not a host name \
              | #logs.example.org
            relative file | json: {file: log/bindings} | json.file: log/bindings is not an absolute path | from / on
            missing authorities | syslog: {authorities: /no/such/file} | syslog.authorities: cannot read /no/such \
              | write system
            unknown facility | syslog: {facility: local8} | syslog.facility: local8 is not known | local7
            large domain | ipfix: {observation-domain: 2147483648} | ipfix.observation-domain: 2147483648 is not an \
              | write for example
            unknown key | csv: {file: /a} | csv: unknown key | json
            """)
    void aWrongValueIsRefusedWithWhatWouldBeRight(String name, String section, String start, String remedy) {
        WrongConfig.assertRefused(
                "translator: {binding-log: {" + section + "}}", "f:1: translator.binding-log." + start, remedy);
    }

    @Test
    void destinationsWithoutAnOutputAreAWarning() {
        assertThat(ConfigFile.parse("f", "translator: {binding-log: {destinations: true}}")
                        .warnings())
                .singleElement()
                .asString()
                .startsWith("f:1: translator.binding-log.destinations: nothing is logged; set");
    }

    @Test
    void aLogWithoutStateIsAWarning() {
        assertThat(ConfigFile.parse("f", """
                        role: translator
                        translator:
                          mode: siit
                          stateless: {eam: [{ipv4: 192.0.2.1, ipv6: '2001:db8::1'}]}
                          binding-log: {ipfix: {collector: "udp://192.0.2.1"}}
                        """).warnings())
                .singleElement()
                .asString()
                .startsWith("f:5: translator.binding-log.ipfix.collector: nothing is logged: only mode nat64");
    }

    private static BindingLogConfig read(String section) {
        return ConfigFile.parse("f", "translator: {binding-log: " + section + "}")
                .config()
                .translator()
                .bindingLog();
    }
}
