// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli.common;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.List;
import nat64.gateway.admin.AdminClient;
import nat64.gateway.admin.access.RemoteServer;
import nat64.gateway.auto.AdminSockets;
import nat64.gateway.config.admin.AdminConfig;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A gateway that runs: the one on this host with a configuration, by its admin socket if there is one, else by TCP; or
 * one of another host, over TLS.
 */
public final class RunningGateway {

    /** In the arguments of the process of a gateway. */
    public static final String MAIN_CLASS = "nat64.gateway.cli.Main";

    private static final int OK = 200;
    private static final int WRONG = 400;

    private static final Verb POST = new Verb(AdminClient::post, AdminClient::post);
    private static final Verb GET = new Verb(AdminClient::get, AdminClient::get);

    private final Server server;

    /** Where it is. */
    private sealed interface Server {

        record Here(AdminConfig config) implements Server {}

        record Elsewhere(RemoteServer remote) implements Server {}
    }

    /** The one on this host. */
    public RunningGateway(AdminConfig config) {
        this.server = new Server.Here(config);
    }

    /** One of another host. */
    public RunningGateway(RemoteServer remote) {
        this.server = new Server.Elsewhere(remote);
    }

    /**
     * The one of the configuration that is meant.
     *
     * @throws nat64.gateway.config.file.ConfigException if it does not say how
     */
    public static RunningGateway of(ConfigOption option) {
        return new RunningGateway(option.admin());
    }

    /**
     * Posts, and prints the answer.
     *
     * @param target the path with its query, such as {@code /api/v1/reload}
     * @return the exit code
     * @throws CommandLine.ParameterException if the gateway finds a parameter wrong
     * @throws IOException if no gateway answers; the message says what helps
     */
    public int post(String target, CommandSpec spec) throws IOException, InterruptedException {
        var answer = ask(POST, target);
        if (answer.status() == WRONG) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), answer.body().strip());
        }
        boolean isDone = answer.status() == OK;
        var out = isDone ? spec.commandLine().getOut() : spec.commandLine().getErr();
        out.print(answer.body());
        out.flush();
        return isDone ? ExitCode.FINE : ExitCode.PROBLEM;
    }

    /**
     * What the gateway shows at a path.
     *
     * @throws IOException if no gateway answers, or it does not show this; the message says what helps
     */
    public String get(String target) throws IOException, InterruptedException {
        var answer = ask(GET, target);
        if (answer.status() != OK) {
            throw new IOException("the gateway answers " + target + " with status " + answer.status() + ": "
                    + answer.body().strip());
        }
        return answer.body();
    }

    /**
     * What the gateway answers at a path, whatever the status.
     *
     * @throws IOException if no gateway answers
     */
    public String body(String target) throws IOException, InterruptedException {
        return ask(GET, target).body();
    }

    /**
     * As {@link #get}, with parameters that the user has given.
     *
     * @throws CommandLine.ParameterException if the gateway finds one of them wrong
     */
    public String query(String target, CommandSpec spec) throws IOException, InterruptedException {
        var answer = ask(GET, target);
        if (answer.status() == WRONG) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), answer.body().strip());
        }
        if (answer.status() != OK) {
            throw new IOException(answer.body().strip());
        }
        return answer.body();
    }

    /**
     * Refuses a second gateway that would have the same admin socket or port, before it finds other ports in use.
     *
     * @throws IOException if one runs; the message names it, and what the second one needs
     */
    public void requireNone() throws IOException {
        if (server instanceof Server.Here(var config) && isThere()) {
            throw new IOException("another gateway%s already listens on %s; stop it, or give this one its own"
                            .formatted(otherProcess(), socket(config))
                    + " admin.socket, admin.listen, translator.device.name and dns64.listen");
        }
    }

    /** Whether one of this host answers. */
    public boolean isThere() {
        return server instanceof Server.Here(var config) && config.enabled() && accepts(socket(config));
    }

    private static boolean accepts(SocketAddress server) {
        try (var channel = server instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open()) {
            return channel.connect(server);
        } catch (IOException e) {
            return false;
        }
    }

    private static String otherProcess() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(RunningGateway::isGateway)
                .map(process -> " (process " + process.pid() + ")")
                .findFirst()
                .orElse("");
    }

    private static boolean isGateway(ProcessHandle process) {
        var arguments = List.of(process.info().arguments().orElse(new String[0]));
        return arguments.contains(MAIN_CLASS) && arguments.contains("run");
    }

    /** One way to ask a server. */
    private interface Method {
        AdminClient.Answer ask(SocketAddress here, String target) throws IOException, InterruptedException;
    }

    /** Likewise, over TLS. */
    private interface RemoteMethod {
        AdminClient.Answer ask(RemoteServer elsewhere, String target) throws IOException, InterruptedException;
    }

    private record Verb(Method here, RemoteMethod elsewhere) {}

    private AdminClient.Answer ask(Verb verb, String target) throws IOException, InterruptedException {
        return switch (server) {
            case Server.Here(var config) -> ask(verb.here(), config, target);
            case Server.Elsewhere(var remote) -> {
                try {
                    yield verb.elsewhere().ask(remote, target);
                } catch (IOException e) {
                    throw new IOException(
                            "no gateway answers at %s (%s); is its admin.tls on, and is --ca right?"
                                    .formatted(remote, e.getMessage()),
                            e);
                }
            }
        };
    }

    private static AdminClient.Answer ask(Method method, AdminConfig config, String target)
            throws IOException, InterruptedException {
        if (!config.enabled()) {
            throw new IOException(
                    "admin.enabled is false, so no command reaches a running gateway; restart it instead");
        }
        var server = socket(config);
        try {
            return method.ask(server, target);
        } catch (IOException e) {
            throw new IOException(
                    "no gateway answers at " + server + " (" + e.getMessage()
                            + "); is it running, and with the same configuration file?",
                    e);
        }
    }

    private static SocketAddress socket(AdminConfig config) {
        return AdminSockets.toConnectTo(config.socket())
                .<SocketAddress>map(UnixDomainSocketAddress::of)
                .orElseGet(() -> reachable(config.listen()));
    }

    /** A wildcard is all addresses of the host, loopback among them. */
    private static InetSocketAddress reachable(InetSocketAddress listen) {
        return listen.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), listen.getPort())
                : listen;
    }
}
