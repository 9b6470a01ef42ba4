// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;

/** What tshark finds in a capture of the link to the server, which is also the link to the collectors. */
record LoggedTraffic(Path capture) {

    /** Of Fill; the gateway's probes have other addresses. */
    static final String CLIENTS = "2001:db8:1::";

    static final int SYSLOG = 514;
    static final int IPFIX = 4739;

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String UDP = "17";
    private static final Pattern SYSLOG_DATA = Pattern.compile(
            "protocol=\"udp\" client=\"([^\"]+)\" client_port=\"(\\d+)\" pool4=\"([^\"]+)\" pool4_port=\"(\\d+)\"");

    /** Address and port of pool4 of each datagram that the translator has sent to a host. */
    Set<String> places(String destination) throws HostException {
        var places = new HashSet<String>();
        for (var row : rows("ip.dst==" + destination, "ip.src", "udp.srcport")) {
            places.add(row.get(0) + ":" + row.get(1));
        }
        return places;
    }

    /** The UDP bindings of syslog messages with an identifier. */
    Collection<Mapping> syslog(String event) throws HostException {
        var mappings = new ArrayList<Mapping>();
        // tshark 4.0 takes the structured data for a part of the message ID, later ones don't
        var filter = "udp.dstport==" + SYSLOG + " && syslog.msgid contains \"" + event + "\"";
        for (var row : rows(filter, "syslog.msgid", "syslog.msg")) {
            var data = SYSLOG_DATA.matcher(row.get(1));
            if (data.find() && data.group(1).startsWith(CLIENTS)) {
                mappings.add(new Mapping(data.group(1), data.group(2), data.group(3), data.group(4)));
            }
        }
        return mappings;
    }

    /** The UDP bindings of IPFIX records with an event. */
    Collection<Mapping> ipfix(String event) throws HostException {
        var mappings = new ArrayList<Mapping>();
        var messages = rows(
                "udp.dstport==" + IPFIX + " && cflow.nat_event",
                "cflow.nat_event",
                "cflow.protocol",
                "cflow.srcaddrv6",
                "cflow.srcport",
                "cflow.post_natsource_ipv4_address",
                "cflow.post_naptsource_transport_port");
        for (var message : messages) {
            var columns = message.stream()
                    .map(values -> List.of(values.split(",", -1)))
                    .toList();
            for (int i = 0; i < columns.getFirst().size(); i++) {
                if (columns.get(0).get(i).equals(event)
                        && columns.get(1).get(i).equals(UDP)
                        && columns.get(2).get(i).startsWith(CLIENTS)) {
                    mappings.add(new Mapping(
                            columns.get(2).get(i),
                            columns.get(3).get(i),
                            columns.get(4).get(i),
                            columns.get(5).get(i)));
                }
            }
        }
        return mappings;
    }

    /** Messages to the collectors that tshark cannot decode, or that are out of sequence. */
    List<List<String>> faults() throws HostException {
        return rows(
                "_ws.malformed && udp.dstport in {" + SYSLOG + "," + IPFIX + "} || cflow.sequence_analysis.expected_sn",
                "frame.number",
                "udp.dstport");
    }

    private List<List<String>> rows(String filter, String... fields) throws HostException {
        var command = new ArrayList<>(List.of(
                "tshark",
                "-n",
                "-r",
                capture.toString(),
                "-d",
                "udp.port==" + IPFIX + ",cflow",
                "-Y",
                filter,
                "-T",
                "fields"));
        for (var field : fields) {
            command.addAll(List.of("-e", field));
        }
        var result = Commands.attempt(command, PATIENCE);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output()
                .lines()
                .filter(line -> line.contains("\t"))
                .map(line -> List.of(line.split("\t", -1)))
                .toList();
    }
}
