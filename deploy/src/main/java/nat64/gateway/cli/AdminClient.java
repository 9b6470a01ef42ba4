// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.UnaryOperator;
import nat64.gateway.config.AdminConfig;
import nat64.gateway.config.common.Endpoints;
import picocli.CommandLine.Model.CommandSpec;

/** Has the gateway that runs on this host do something. */
final class AdminClient {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int OK = 200;

    private final AdminConfig config;

    AdminClient(AdminConfig config) {
        this.config = config;
    }

    /**
     * Posts, and prints what the gateway says.
     *
     * @param path with its query, such as {@code /api/v1/reload}
     * @return the exit code
     * @throws IOException if no gateway can be reached; the message says what helps
     */
    int post(String path, CommandSpec spec) throws IOException, InterruptedException {
        var answer = send(path, request -> request.POST(HttpRequest.BodyPublishers.noBody()));
        boolean isDone = answer.statusCode() == OK;
        var out = isDone ? spec.commandLine().getOut() : spec.commandLine().getErr();
        out.print(answer.body());
        out.flush();
        return isDone ? ExitCode.FINE : ExitCode.PROBLEM;
    }

    /**
     * What the gateway shows.
     *
     * @throws IOException if no gateway can be reached, or it does not show this; the message says what helps
     */
    String get(String path) throws IOException, InterruptedException {
        var answer = send(path, HttpRequest.Builder::GET);
        if (answer.statusCode() != OK) {
            throw new IOException("the gateway answers " + path + " with status " + answer.statusCode() + ": "
                    + answer.body().strip());
        }
        return answer.body();
    }

    private HttpResponse<String> send(String path, UnaryOperator<HttpRequest.Builder> method)
            throws IOException, InterruptedException {
        if (!config.enabled()) {
            throw new IOException("admin.enabled is false, so no command reaches a running gateway; restart it");
        }
        var uri = URI.create("http://" + Endpoints.text(reachable(config.listen())) + path);
        var request =
                method.apply(HttpRequest.newBuilder(uri).timeout(PATIENCE)).build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IOException(
                    "no gateway answers at " + uri + "; check that it runs, with the same configuration file: " + e, e);
        }
    }

    /** A wildcard is all addresses of the host, loopback among them. */
    private static InetSocketAddress reachable(InetSocketAddress listen) {
        return listen.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), listen.getPort())
                : listen;
    }
}
