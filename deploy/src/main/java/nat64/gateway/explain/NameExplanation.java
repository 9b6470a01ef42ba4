// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.explain;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import nat64.dns64.Dns64Server;
import nat64.dns64.explain.Dns64Explanation;
import nat64.gateway.auto.HostDefaults;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.system.HostException;
import nat64.translator.address.Ipv4Prefix;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Says how the DNS64 of a configuration answers a question about a name. Asks the upstreams of that configuration. */
public final class NameExplanation {

    private static final String FORM = "%-14s %s";

    private NameExplanation() {}

    /**
     * The answer and its steps.
     *
     * @throws IllegalArgumentException if name, type or client is none
     * @throws HostException if no upstream is known
     */
    public static Dns64Explanation explain(GatewayConfig config, String name, String type, String client)
            throws HostException {
        var asked = name(name);
        int number = Type.value(type, true);
        if (number < 0) {
            throw new IllegalArgumentException("'" + type + "' is not a record type");
        }
        var address = InetAddress.ofLiteral(client);
        var refused = config.dns64().synthesizesOwn() ? List.<Ipv4Prefix>of() : HostDefaults.ownIpv4(config);
        var settings = HostDefaults.resolveUpstreams(config).dns64Settings(List.of(), refused, _ -> {});
        try (var explainer = Dns64Server.explainer(settings)) {
            return explainer.explain(asked, number, address);
        }
    }

    /** For people. */
    public static List<String> lines(Dns64Explanation explanation) {
        var lines = new ArrayList<String>();
        lines.add(explanation.question() + " from " + explanation.client());
        explanation
                .steps()
                .forEach(step ->
                        lines.add(FORM.formatted("  " + step.name(), step.finding() + " [" + step.rule() + "]")));
        lines.add(FORM.formatted("verdict", explanation.rcode() + ": " + explanation.reason()));
        lines.add(FORM.formatted("rule", explanation.rule() + ". " + explanation.meaning()));
        lines.add(FORM.formatted(
                "counter",
                "dns64_answers_total{rcode=\"%s\",reason=\"%s\",view=\"%s\"}"
                        .formatted(explanation.rcode(), explanation.reason(), explanation.view())));
        explanation.answer().forEach(record -> lines.add(FORM.formatted("answer", record)));
        if (explanation.answer().isEmpty()) {
            lines.add(FORM.formatted("answer", "no records"));
        }
        return lines;
    }

    private static Name name(String text) {
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException e) {
            throw new IllegalArgumentException("'" + text + "' is not a domain name", e);
        }
    }
}
