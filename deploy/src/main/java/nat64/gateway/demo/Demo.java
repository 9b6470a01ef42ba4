// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.demo;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nat64.gateway.system.HostException;
import nat64.gateway.testbed.Folders;
import nat64.gateway.testbed.TestBed;

/** One run of the demonstration. */
record Demo(String bedName, long octets, boolean offload, boolean keep, Transcript transcript) {

    private static final String PICTURE =
            """
            nat64 demo: an IPv6-only client uses an IPv4-only server

              client                      gateway                       server
              %1$s ------- %2$s | %3$s ------- %4$s
              IPv6 only                  nat64 run                      IPv4 only
            """.formatted(TestBed.CLIENT_ADDRESS, TestBed.GATEWAY_IPV6, TestBed.GATEWAY_IPV4, TestBed.SERVER_ADDRESS);

    /** Counters and current numbers; not capacities or build information. */
    private static final Pattern COUNT =
            Pattern.compile("((?:nat64|dns64)_\\w+_total(?:\\{.*})?|nat64_(?:sessions|bindings)\\{.*}) ([0-9.E]+)");

    /**
     * Whether all checks passed. The bed is removed afterwards, even if this process is told to end, unless it is to
     * be kept.
     */
    boolean run() throws Exception {
        transcript.line(PICTURE);
        var bed = TestBed.build(bedName);
        var finished = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (!finished.get()) {
                transcript.last("Interrupted: removing the three hosts");
                remove(bed);
            }
        }));
        var failed = new ArrayList<String>();
        try {
            start(bed);
            for (var check : Checks.all(bed, octets)) {
                if (!show(check)) {
                    failed.add(check.title());
                }
            }
            showWhatWasTranslated(bed);
        } catch (HostException e) {
            transcript.line(e.getMessage());
            failed.add("the demonstration was interrupted");
        }
        if (keep) {
            sayHowToUse(bed);
        } else {
            transcript.line("Removing the three hosts");
            remove(bed);
        }
        finished.set(true);
        transcript.line(failed.isEmpty() ? "All checks passed." : "Failed: " + String.join("; ", failed) + ".");
        return failed.isEmpty();
    }

    private void start(TestBed bed) throws Exception {
        transcript.line("Starting the server: DNS, HTTP, UDP echo");
        transcript.during(bed::startServer);
        if (offload) {
            transcript.line("Starting the gateway: nat64 run");
            transcript.during(bed::startReadyGateway);
        } else {
            var configuration = bed.directory().resolve("offload-off.yaml");
            Folders.write(configuration, "translator:\n  device:\n    offload: false\n");
            transcript.line("Starting the gateway: nat64 run --config " + configuration);
            transcript.during(() -> bed.startReadyGateway("--config", configuration.toString()));
        }
    }

    private boolean show(Check check) throws Exception {
        transcript.line("");
        transcript.line(check.title());
        transcript.line("  %s# %s".formatted(check.host().name(), check.command()));
        var outcome = transcript.during(check::carryOut);
        transcript.indented(outcome.lines());
        transcript.line(outcome.ok() ? "  ok" : "  FAILED");
        return outcome.ok();
    }

    private void showWhatWasTranslated(TestBed bed) throws HostException {
        var metrics = bed.gateway()
                .attempt(List.of("curl", "-sS", "--noproxy", "*", TestBed.METRICS_URL), Duration.ofMinutes(1));
        transcript.line("");
        transcript.line("What the gateway counted: curl " + TestBed.METRICS_URL);
        transcript.indented(metrics.output()
                .lines()
                .map(COUNT::matcher)
                .filter(Matcher::matches)
                .map(count -> "%-80s %,d"
                        .formatted(count.group(1).replace(",}", "}"), new BigDecimal(count.group(2)).longValue()))
                .filter(line -> !line.endsWith(" 0"))
                .toList());
        transcript.line("");
    }

    private void sayHowToUse(TestBed bed) {
        transcript.line("The three hosts stay. Enter one with:");
        for (var namespace : bed.namespaces()) {
            transcript.line("  sudo ip netns exec " + namespace.name() + " bash");
        }
        transcript.line("Logs are in " + bed.directory() + ". Remove all of it with: sudo nat64 demo --remove");
    }

    private void remove(TestBed bed) {
        try {
            bed.close();
        } catch (HostException e) {
            transcript.line("Could not remove all of it: " + e.getMessage() + "; try: nat64 demo --remove");
        }
    }
}
