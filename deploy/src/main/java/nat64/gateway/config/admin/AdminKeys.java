// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.admin;

import static nat64.gateway.config.file.OnChange.RELOAD;
import static nat64.gateway.config.file.OnChange.RESTART;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import nat64.gateway.config.common.AddressFormats;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ValueKey;

/** The keys of the section {@code admin}. */
public final class AdminKeys {

    public static final Keys KEYS = Keys.section("admin");
    static final int PORT = 6464;
    static final int PROBE_PORT = 6465;

    private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*"); // names and numbers
    private static final Map<String, String> MODES =
            Map.of("0600", "rw-------", "0660", "rw-rw----", "0666", "rw-rw-rw-");
    private static final Duration LONGEST_LAMEDUCK = Duration.ofMinutes(1);

    static final ValueKey<Boolean> ENABLED = KEYS.value(
            "enabled",
            "true",
            Formats.BOOLEAN,
            RESTART,
            "Whether the HTTP server with `/metrics`, `/livez`, `/readyz` and `/api/v1/stats` runs.");
    static final ValueKey<InetSocketAddress> LISTEN = KEYS.value(
            "listen",
            "127.0.0.1:" + PORT,
            AddressFormats.socket(PORT).withExamples("127.0.0.1:" + PORT, "127.0.0.1:9000"),
            RESTART,
            "Its address and port.");
    static final ValueKey<Boolean> ALLOW_REMOTE = KEYS.value(
            "allow-remote",
            "false",
            Formats.BOOLEAN,
            RESTART,
            "Allows `admin.listen` and `admin.tls.listen` to be addresses that other hosts can reach. Metrics,"
                    + " statistics and the configuration are read without a password: restrict access with a"
                    + " firewall.");
    static final ValueKey<Optional<InetSocketAddress>> PROBES = KEYS.value(
            "probes",
            "none",
            Formats.orNone(AddressFormats.socket(PROBE_PORT).withExamples("[::]:" + PROBE_PORT, "127.0.0.1:6466")),
            RESTART,
            "Address and port where `/livez` and `/readyz` alone are answered, for probes of other hosts such as the"
                    + " kubelet; `none` for nowhere. Connections end after one answer, and after a second in any case.");
    static final ValueKey<AdminSocket> SOCKET = KEYS.value(
            "socket",
            Formats.AUTO,
            Format.of("/run/nat64/admin.sock", AdminKeys::socket)
                    .withExamples("/run/nat64/admin.sock", "off", Formats.AUTO)
                    .withSchema(Map.of("type", "string")),
            RESTART,
            "Its Unix domain socket: an absolute path, `off`, or `auto` for `admin.sock` in `/run/nat64`, or in the runtime"
                    + " directory that systemd gives, where the gateway may write there.");
    static final ValueKey<Optional<String>> SOCKET_GROUP = KEYS.value(
            "socket-group",
            "none",
            Formats.orNone(Format.of("netops", AdminKeys::group)),
            RESTART,
            "Group of the socket's file, by name or number; `none` for the group of the gateway's process. Its members"
                    + " may change what the gateway does, as `admin.socket-mode` says. A gateway that is not root can"
                    + " only give a group of its own.");
    static final ValueKey<Set<PosixFilePermission>> SOCKET_MODE = KEYS.value(
            "socket-mode",
            "0660",
            Format.of("0660", AdminKeys::mode)
                    .withExamples("0660", "0600", "0666")
                    .withSchema(Map.of("enum", MODES.keySet().stream().sorted().toList())),
            RESTART,
            "Mode of the socket's file, in quotes: `\"0600\"` for the user of the gateway alone, `\"0660\"` for its group,"
                    + " too, `\"0666\"` for every user of the host.");
    static final ValueKey<Duration> LAMEDUCK = KEYS.value(
            "lameduck",
            "0s",
            Formats.DURATION.and(AdminKeys::requireShort).withExamples("5s", "0s"),
            RELOAD,
            "How long the gateway keeps serving after it is told to stop, while `/readyz` says that it is not ready;"
                    + " 1m at most. Load balancers need this time to notice.");

    private AdminKeys() {}

    private static AdminSocket socket(String text) {
        return switch (text) {
            case Formats.AUTO -> new AdminSocket.Auto();
            case "off" -> new AdminSocket.Off();
            default -> new AdminSocket.At(Path.of(text));
        };
    }

    private static String group(String text) {
        if (!GROUP.matcher(text).matches()) {
            throw new IllegalArgumentException(text + " is not the name of a group");
        }
        return text;
    }

    private static Set<PosixFilePermission> mode(String text) {
        var mode = MODES.get(text);
        if (mode == null) {
            throw new IllegalArgumentException(
                    text + " is not a mode for a socket; write \"0600\", \"0660\" or \"0666\"");
        }
        return PosixFilePermissions.fromString(mode);
    }

    private static void requireShort(Duration lameduck) {
        if (lameduck.compareTo(LONGEST_LAMEDUCK) > 0) {
            throw new IllegalArgumentException("the end can be delayed by 1m at most; write 5s, or 0s for no delay");
        }
    }
}
