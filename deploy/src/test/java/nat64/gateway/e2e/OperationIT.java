// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the operator has a running gateway do. */
@ExtendWith(NeedsBed.class)
class OperationIT {

    private static final String DIG = "dig +short AAAA ipv4only.example.org";
    private static final String LIVE = "http://127.0.0.1:6464/livez";
    private static final String METRICS = "curl -sS " + TestBed.METRICS_URL;

    /** Stops one thread for as long as it runs itself: ptrace(2), PTRACE_SEIZE and PTRACE_INTERRUPT. */
    private static final String FREEZE = """
            import ctypes, sys, time
            ptrace = ctypes.CDLL(None, use_errno=True).ptrace
            thread = int(sys.argv[1])
            if ptrace(0x4206, thread, None, None) or ptrace(0x4207, thread, None, None):
                sys.exit("ptrace: errno %d" % ctypes.get_errno())
            print("frozen", flush=True)
            time.sleep(300)
            """;

    @SuppressWarnings("NullAway.Init")
    private TestBed bed;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @BeforeEach
    void build() throws Exception {
        bed = Beds.build();
        file = bed.directory().resolve("nat64.yaml");
    }

    @AfterEach
    void remove() throws Exception {
        bed.close();
    }

    @Test
    @Tag("R-134")
    void aReloadChangesAnswersAndTheTranslatorGoesOn() throws Exception {
        Files.writeString(file, "dns64: {upstreams: [auto]}\n");
        bed.startReadyGateway("--config", file.toString());
        assertThat(Beds.run(bed.client(), DIG)).startsWith("64:ff9b::");

        Files.writeString(file, "dns64:\n  domains:\n    - {name: example.org, mode: never}\n");
        assertThat(nat64("reload")).contains(file.toString());

        assertThat(Beds.run(bed.client(), DIG)).isEmpty();
        assertThat(Beds.run(bed.client(), "ping -c 1 -W 20 64:ff9b::192.52.193.2"))
                .contains(" 0% packet loss");
        assertThat(Beds.run(bed.gateway(), METRICS)).contains("nat64_config_last_reload_successful 1.0");
    }

    @Test
    void sessionsAndBindingsAreListed() throws Exception {
        Files.writeString(file, "");
        bed.startReadyGateway("--config", file.toString());
        Beds.run(bed.client(), "ping -c 1 -W 20 64:ff9b::192.52.193.2");

        assertThat(nat64("sessions 192.52.193.2 --protocol icmp"))
                .containsPattern("PROTOCOL +CLIENT +POOL4 +REMOTE")
                .containsPattern("icmp +\\[.*\\]:\\d+ +[0-9.]+:\\d+ +192.52.193.2 +answered +ipv6 +\\d+s +\\d+s");
        assertThat(nat64("bindings --protocol icmp --output json")).contains("\"protocol\" : \"icmp\"");
        assertThat(Beds.run(bed.gateway(), command("sessions --port 70000") + " 2>&1 || echo code $?"))
                .contains("'70000' is not a number from 0 to 65535")
                .contains("code 2");
    }

    @Test
    void theAdminSocketIsThereWhileTheGatewayRuns() throws Exception {
        Files.writeString(file, "");
        var gateway = bed.startReadyGateway("--config", file.toString());
        var socket = bed.directory().resolve("admin.sock");

        assertThat(Beds.run(bed.gateway(), "stat -c %A " + socket)).isEqualToIgnoringNewLines("srw-rw----");
        assertThat(Beds.run(bed.gateway(), "curl -sS --unix-socket " + socket + " http://localhost/livez"))
                .isEqualToIgnoringNewLines("alive");

        gateway.terminate();
        gateway.awaitEnd(Beds.PATIENCE);
        assertThat(socket).doesNotExist();
    }

    @Test
    @Tag("R-134")
    void aReloadThatCantBeTakenOverChangesNothingAndSaysWhy() throws Exception {
        Files.writeString(file, "dns64: {upstreams: [auto]}\n");
        bed.startReadyGateway("--config", file.toString());

        Files.writeString(file, "dns64: {threads: 1, domains: [{name: example.org, mode: never}]}\n");
        var refused = Beds.attempt(bed.gateway(), command("reload"));

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output()).contains("dns64.threads: has changed");
        assertThat(Beds.run(bed.client(), DIG)).startsWith("64:ff9b::");
        assertThat(Beds.run(bed.gateway(), METRICS)).contains("nat64_config_last_reload_successful 0.0");
    }

    @Test
    void aFlushedNameIsAskedForAnew() throws Exception {
        Files.writeString(file, "");
        bed.startReadyGateway("--config", file.toString());
        Beds.run(bed.client(), DIG);

        assertThat(nat64("flush example.org")).contains("flushed 2 answers at and below example.org.");
        assertThat(nat64("flush example.org")).contains("flushed 0 answers at and below example.org.");
    }

    @Test
    void withoutTheSocketNothingCanBeChanged() throws Exception {
        Files.writeString(file, "admin: {socket: 'off'}\n"); // the commands use TCP
        bed.startReadyGateway("--config", file.toString());
        assertThat(bed.directory().resolve("admin.sock")).doesNotExist();

        assertThat(nat64("bindings")).contains("PROTOCOL");
        var refused = Beds.attempt(bed.gateway(), command("flush example.org"));
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output()).isEqualTo("only through the admin socket (admin.socket)\n");
    }

    @Test
    @Tag("R-133")
    void itIsReadyOnlyOnceAnUpstreamHasAnswered() throws Exception {
        Files.writeString(file, "dns64: {upstreams: [192.52.193.99]}\n"); // no host
        bed.startGateway("--config", file.toString());
        awaitReadiness("not ready.no upstream resolver has answered yet.");

        Files.writeString(file, "dns64: {upstreams: [192.52.193.2]}\n");
        nat64("reload");

        awaitReadiness("ready.");
    }

    @Test
    @Tag("R-133")
    void itServesOnForAWhileWhenItsEndIsAnnounced() throws Exception {
        Files.writeString(file, "admin: {lameduck: 15s}\n");
        var gateway = bed.startReadyGateway("--config", file.toString());

        gateway.terminate();
        awaitReadiness("not ready.the gateway is shutting down.");

        assertThat(Beds.run(bed.client(), DIG)).startsWith("64:ff9b::");
        assertThat(Beds.run(bed.client(), "ping -c 1 -W 20 64:ff9b::192.52.193.2"))
                .contains(" 0% packet loss");
        assertThat(gateway.awaitEnd(Beds.PATIENCE)).as(gateway.log()).isIn(0, 143);
    }

    @Test
    void aFrozenWorkerIsNotAlive() throws Exception {
        Files.writeString(file, "");
        bed.startReadyGateway("--config", file.toString());
        var worker = Beds.run(
                bed.gateway(),
                "{ grep -sl nat64-worker-0 $(ip netns pids %s | sed 's,.*,/proc/&/task/*/comm,') || true; } | cut -d/ -f5"
                        .formatted(bed.gateway().name()));
        var script = Files.writeString(bed.directory().resolve("freeze.py"), FREEZE);

        var freezer = new ProcessBuilder("python3", script.toString(), worker.strip())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(freezer.inputReader().readLine()).isEqualTo("frozen");
            Beds.await(bed.gateway(), "curl -sS " + LIVE + " | grep -q 'thread nat64-worker-0 has done nothing'");
            assertThat(Beds.run(bed.gateway(), "curl -sS " + TestBed.READY_URL)).contains("nat64-worker-0");
        } finally {
            freezer.destroyForcibly();
        }
        Beds.await(bed.gateway(), "curl -sSf " + LIVE);
    }

    /** @param page the whole page, with a dot for each end of a line */
    private void awaitReadiness(String page) throws Exception {
        Beds.await(bed.gateway(), "[ \"$(curl -sS %s | tr '\\n' .)\" = '%s' ]".formatted(TestBed.READY_URL, page));
    }

    private String nat64(String arguments) throws Exception {
        return Beds.run(bed.gateway(), command(arguments));
    }

    private String command(String arguments) {
        return "RUNTIME_DIRECTORY=%s %s %s --config %s"
                .formatted(bed.directory(), System.getenv("NAT64_LAUNCHER"), arguments, file);
    }
}
