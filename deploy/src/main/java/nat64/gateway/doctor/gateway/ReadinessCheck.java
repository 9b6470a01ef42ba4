// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nat64.gateway.doctor.Result;
import nat64.gateway.doctor.Result.Failed;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.Result.Skipped;

/** Whether the gateway serves its clients, as it says itself; its probes send packets and questions all the time. */
record ReadinessCheck(RunningState state) implements GatewayCheck {

    /** What helps, by a part of what is missing. */
    private static final Map<String, String> REMEDIES = remedies();

    private static final String LOG = "the log says more: journalctl -u nat64";

    private static Map<String, String> remedies() {
        var remedies = new LinkedHashMap<String, String>();
        remedies.put("is starting", "wait some seconds, and run the doctor again");
        remedies.put("is shutting down", "wait for its end, and start it again");
        remedies.put("no upstream resolver", "see dns64.upstreams, and whether they answer: dig @ADDRESS example.org");
        remedies.put("no IPv4 uplink", "bring the link up, or set the IPv4 default route again: ip route");
        remedies.put(
                "the host lacks",
                "find what removes it (network manager, firewall); the log of the gateway tells when");
        remedies.put("has dropped", "more workers, or fewer packets: docs/sizing.md");
        remedies.put(
                "new sessions are refused", "more sessions or addresses: translator.max-sessions, translator.pool4");
        remedies.put("has no address yet", "give the host an address, or name clients and dns64.listen in the file");
        remedies.put(
                "DNS64", "see whether dns64.listen names addresses of this host, and whether a firewall drops port 53");
        return remedies;
    }

    @Override
    public String name() {
        return "readiness";
    }

    @Override
    public Result examine() {
        var status = state.status();
        if (status.isEmpty()) {
            return new Skipped(RunningState.NO_GATEWAY);
        }
        var stuck = sentences(status.get().path("stuck"));
        if (!stuck.isEmpty()) {
            return new Failed(String.join("; ", stuck), "restart the gateway: systemctl restart nat64");
        }
        var missing = sentences(status.get().path("missing"));
        return missing.isEmpty() ? new Ok("clients are served") : notReady(missing);
    }

    /** A sentence may end in what helps, after a semicolon. */
    private static Result notReady(List<String> missing) {
        var first = missing.getFirst();
        int semicolon = first.lastIndexOf("; ");
        return semicolon > 0 && missing.size() == 1
                ? new Failed("not ready: " + first.substring(0, semicolon), first.substring(semicolon + 2))
                : new Failed("not ready: " + String.join("; ", missing), remedy(first));
    }

    private static String remedy(String missing) {
        return REMEDIES.entrySet().stream()
                .filter(remedy -> missing.contains(remedy.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(LOG);
    }

    private static List<String> sentences(JsonNode list) {
        var sentences = new ArrayList<String>();
        list.forEach(sentence -> sentences.add(sentence.asText()));
        return sentences;
    }
}
