// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;

/** Facts of this host that the kernel and its tools tell. */
final class ThisGateway {

    private static final Path PROC = Path.of("/proc");
    private static final String PROGRAM = "nat64.gateway.cli.Main";
    private static final Pattern OPEN_FILES = Pattern.compile("^Max open files +(\\d+)", Pattern.MULTILINE);
    private static final Pattern LOST_IPV6 = Pattern.compile("^Udp6RcvbufErrors\\s+(\\d+)", Pattern.MULTILINE);

    private ThisGateway() {}

    /** The gateways in this network namespace, those that this process may look at. */
    static List<Long> processes() {
        try (var processes = Files.list(PROC)) {
            return processes
                    .map(path -> path.getFileName().toString())
                    .filter(name -> name.matches("\\d+"))
                    .filter(ThisGateway::isGateway)
                    .map(Long::valueOf)
                    .sorted()
                    .toList();
        } catch (IOException _) {
            return List.of();
        }
    }

    private static boolean isGateway(String process) {
        try {
            var directory = PROC.resolve(process);
            var arguments = Files.readString(directory.resolve("cmdline"), StandardCharsets.ISO_8859_1);
            return isGatewayCommand(arguments) && namespace(directory).equals(namespace(PROC.resolve("self")));
        } catch (IOException _) {
            return false; // it has ended, or belongs to another user
        }
    }

    /** @param arguments each with a final zero */
    static boolean isGatewayCommand(String arguments) {
        var words = List.of(arguments.split("\0"));
        int program = words.indexOf(PROGRAM);
        return program >= 0 && words.subList(program, words.size()).contains("run");
    }

    private static Path namespace(Path process) throws IOException {
        return Files.readSymbolicLink(process.resolve("ns/net"));
    }

    /** Those that a process has opened, of those that it may open. */
    static Optional<Fill> openFiles(long process) {
        var directory = PROC.resolve(String.valueOf(process));
        try (var open = Files.list(directory.resolve("fd"))) {
            long count = open.count();
            return openFilesLimit(Files.readString(directory.resolve("limits"))).stream()
                    .mapToObj(limit -> new Fill("open files", count, limit))
                    .findFirst();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** @param limits as {@code /proc/PID/limits} shows them */
    static OptionalLong openFilesLimit(String limits) {
        return OPEN_FILES
                .matcher(limits)
                .results()
                .mapToLong(limit -> Long.parseLong(limit.group(1)))
                .findFirst();
    }

    /** What systemd knows of the kernel's clock. */
    static Optional<Boolean> clockIsSynchronized() {
        try {
            return Commands.locate("timedatectl").isPresent()
                    ? isYes(Commands.attempt(
                                    List.of("timedatectl", "show", "-p", "NTPSynchronized", "--value"),
                                    Commands.TIMEOUT)
                            .output())
                    : Optional.empty();
        } catch (HostException _) {
            return Optional.empty();
        }
    }

    static Optional<Boolean> isYes(String printed) {
        return switch (printed.strip()) {
            case "yes" -> Optional.of(true);
            case "no" -> Optional.of(false);
            default -> Optional.empty(); // there is no systemd
        };
    }

    /** Of both IP versions. */
    static OptionalLong lostDatagrams() {
        return lostDatagrams(read("self/net/snmp"), read("self/net/snmp6"));
    }

    /**
     * The datagrams that found no room in a receive buffer.
     *
     * @param snmp {@code /proc/net/snmp}, a line of names and one of numbers for each protocol
     * @param snmp6 {@code /proc/net/snmp6}
     */
    static OptionalLong lostDatagrams(String snmp, String snmp6) {
        var udp = snmp.lines().filter(line -> line.startsWith("Udp: ")).toList();
        var ipv6 = LOST_IPV6.matcher(snmp6);
        if (udp.size() != 2) {
            return OptionalLong.empty();
        }
        int column = List.of(udp.getFirst().split(" ")).indexOf("RcvbufErrors");
        var numbers = List.of(udp.getLast().split(" "));
        return column < 0 || column >= numbers.size()
                ? OptionalLong.empty()
                : OptionalLong.of(
                        Long.parseLong(numbers.get(column)) + (ipv6.find() ? Long.parseLong(ipv6.group(1)) : 0));
    }

    private static String read(String file) {
        try {
            return Files.readString(PROC.resolve(file));
        } catch (IOException _) {
            return "";
        }
    }
}
