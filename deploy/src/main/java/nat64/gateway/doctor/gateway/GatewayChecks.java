// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import nat64.gateway.auto.HostAddresses;
import nat64.gateway.auto.HostDefaults;
import nat64.gateway.config.ConfigChanges;
import nat64.gateway.config.ConfigFile;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.config.LoadedConfig;
import nat64.gateway.config.admin.AdminConfig;
import nat64.gateway.config.file.ConfigException;
import nat64.gateway.doctor.Check;
import nat64.gateway.doctor.KernelSetting;
import nat64.gateway.health.DnsQuestion;
import nat64.gateway.health.Finding;
import nat64.gateway.preflight.Preflight;
import nat64.gateway.system.HostException;

/** The checks of a gateway, with the facts of this host. */
public final class GatewayChecks {

    private static final String PRIVILEGES = "privileges";

    private GatewayChecks() {}

    /**
     * Reads what the checks need.
     *
     * @param file reads the configuration; throws {@link ConfigException} if it is wrong
     * @param admin the pages of the gateway that runs with a configuration
     * @param installed the version of this program
     */
    public static List<Check> of(
            Supplier<LoadedConfig> file, Function<AdminConfig, AdminPages> admin, String installed) {
        var mistakes = new ArrayList<String>();
        var written = read(file, mistakes);
        var config = written.config();
        var pages = admin.apply(config.admin());
        var state = RunningState.of(pages);
        var changes =
                mistakes.isEmpty() && state.isRunning() ? changes(pages, written) : Optional.<ConfigChanges>empty();
        var warnings = written.warnings().stream().map(Object::toString).toList();
        var processes = ThisGateway.processes();
        var checks = new ArrayList<Check>();
        checks.add(new ConfigurationCheck(written.source(), mistakes, warnings, changes));
        checks.add(new RunningCheck(state, installed, processes, config.admin().enabled()));
        checks.add(new ProcessesCheck(processes));
        checks.add(new ReadinessCheck(state));
        checks.add(new HostStateCheck(state));
        checks.addAll(obstacles(config, state.isRunning()));
        checks.add(new ListeningCheck(state, listening(config), GatewayChecks::ask));
        checks.add(new UpstreamsCheck(state));
        checks.add(new PrefixesCheck(state));
        checks.add(new TablesCheck(state));
        checks.add(new Pool4Check(state));
        checks.add(new SubscribersCheck(
                state,
                HostDefaults.resolveTables(config)
                        .translator()
                        .stateful()
                        .policy()
                        .limits()));
        checks.add(new CertificateCheck(state, Instant.now()));
        checks.add(new ClockCheck(ThisGateway.clockIsSynchronized()));
        checks.add(new OpenFilesCheck(processes.stream().findFirst().flatMap(ThisGateway::openFiles)));
        checks.add(
                new ReceiveBuffersCheck(state, KernelSetting.number("net/core/rmem_max"), ThisGateway.lostDatagrams()));
        return checks;
    }

    /** The other checks go on with the defaults if the file is wrong. */
    private static LoadedConfig read(Supplier<LoadedConfig> file, List<String> mistakes) {
        try {
            return file.get();
        } catch (ConfigException wrong) {
            wrong.problems().forEach(problem -> mistakes.add(problem.toString()));
            return ConfigFile.defaults();
        }
    }

    private static Optional<ConfigChanges> changes(AdminPages pages, LoadedConfig written) {
        try {
            var running = ConfigFile.parse("the running configuration", pages.get("/api/v1/config"));
            return Optional.of(ConfigChanges.between(running, written));
        } catch (IOException | ConfigException _) {
            return Optional.empty(); // it has ended meanwhile, or is of another version
        }
    }

    private static List<Check> obstacles(GatewayConfig config, boolean isRunning) {
        try {
            var findings = Preflight.of(config, HostDefaults.resolveTranslator(config), isRunning).stream()
                    .filter(finding -> !(finding instanceof nat64.gateway.preflight.Finding.Ok))
                    .filter(finding -> !isRunning || !finding.subject().equals(PRIVILEGES)) // it has those it needs
                    .toList();
            return findings.isEmpty()
                    ? List.of(obstacle(new nat64.gateway.preflight.Finding.Ok("host", "nothing on it is in the way")))
                    : findings.stream().map(GatewayChecks::obstacle).toList();
        } catch (HostException e) {
            return List.of(obstacle(new nat64.gateway.preflight.Finding.Warning(
                    "host", "it can't be looked at: " + e.getMessage(), "run the doctor as root")));
        }
    }

    private static Check obstacle(nat64.gateway.preflight.Finding finding) {
        return new ObstacleCheck(finding);
    }

    private static List<InetSocketAddress> listening(GatewayConfig config) {
        try {
            var device = config.translator().device().name();
            return HostDefaults.whereToListen(config, HostAddresses.ofThisHost().except(device));
        } catch (HostException _) {
            return List.of();
        }
    }

    private static Finding ask(InetSocketAddress address) {
        return new DnsQuestion(() -> List.of(address))
                .ask()
                .getOrDefault(DnsQuestion.NAME, new Finding.Failed("nothing was asked", false));
    }
}
