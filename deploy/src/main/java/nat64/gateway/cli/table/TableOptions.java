// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli.table;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What sessions and bindings are asked for: the parameters of the admin API. */
public final class TableOptions {

    @Parameters(
            arity = "0..2",
            paramLabel = "ADDRESS[/LENGTH]",
            description = "Only of this client (IPv6), or with this address of pool4 or IPv4 host (IPv4).")
    private List<String> addresses = List.of();

    @Option(names = "--protocol", paramLabel = "PROTOCOL", description = "Only of tcp, udp or icmp.")
    private @Nullable String protocol;

    @Option(names = "--port", paramLabel = "NUMBER", description = "Only with this port, on any side.")
    private @Nullable String port;

    @Option(names = "--limit", paramLabel = "NUMBER", description = "How many at most; default: 100, highest: 1000.")
    private @Nullable String limit;

    @Option(names = "--cursor", paramLabel = "NUMBER", description = "Go on where another list has ended.")
    private @Nullable String cursor;

    /** Those that were given, by name. */
    public Map<String, String> parameters() {
        var parameters = new LinkedHashMap<String, String>();
        addresses.forEach(address -> parameters.put(address.contains(":") ? "client" : "ipv4", address));
        put(parameters, "protocol", protocol);
        put(parameters, "port", port);
        put(parameters, "limit", limit);
        put(parameters, "cursor", cursor);
        return parameters;
    }

    public static void put(Map<String, String> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.put(name, value);
        }
    }

    /** A path with parameters. */
    public static String target(String path, Map<String, String> parameters) {
        return parameters.isEmpty()
                ? path
                : path
                        + parameters.entrySet().stream()
                                .map(parameter -> parameter.getKey() + "="
                                        + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                                .collect(Collectors.joining("&", "?", ""));
    }
}
