// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.demo;

import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import nat64.gateway.system.HostException;
import nat64.gateway.testbed.TestBed;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code nat64 demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Shows on real packets that an IPv6-only host reaches an IPv4-only one.",
        footer = {
            "",
            "Builds three hosts as network namespaces, runs the gateway on the middle one without any configuration,"
                    + " and uses it from the client. Touches nothing else on this machine and removes all of it.",
            "Needs root."
        })
public final class DemoCommand implements Callable<Integer> {

    @Option(names = "--keep", description = "Keep the three hosts, and show how to enter each.")
    private boolean keep;

    @Option(
            names = "--remove",
            description = "Remove the hosts of an earlier run with --keep, or of a killed one, and exit.")
    private boolean remove;

    @Option(
            names = "--offload",
            paramLabel = "on|off",
            defaultValue = "on",
            converter = OnOrOff.class,
            description = "Segmentation offload on the gateway's device (default: ${DEFAULT-VALUE}).")
    private Offload offload = Offload.ON;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            defaultValue = "100M",
            converter = Size.class,
            description = "What is downloaded: octets, or with K, M or G thousands, millions or milliards of them"
                    + " (default: ${DEFAULT-VALUE}).")
    private long size;

    @Option(
            names = "--bed",
            hidden = true,
            defaultValue = "nat64-demo",
            description = "Starts the names of the namespaces, so that several demonstrations can run at once.")
    private String bed = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        var out = spec.commandLine().getOut();
        var obstacle = TestBed.obstacle();
        if (obstacle.isPresent()) {
            throw new HostException(obstacle.get());
        }
        if (remove) {
            out.println(TestBed.remove(bed) ? "Removed." : "There was nothing to remove.");
            return 0;
        }
        return new Demo(bed, size, offload == Offload.ON, keep, new Transcript(out)).run() ? 0 : 1;
    }

    /** Not a boolean: picocli would take that for a switch without a word. */
    enum Offload {
        ON,
        OFF
    }

    /** Reads the words. */
    static final class OnOrOff implements ITypeConverter<Offload> {

        @Override
        public Offload convert(String text) {
            return switch (text) {
                case "on" -> Offload.ON;
                case "off" -> Offload.OFF;
                default -> throw new TypeConversionException("write on or off, not " + text);
            };
        }
    }

    /** Reads 100M. */
    static final class Size implements ITypeConverter<Long> {

        private static final Pattern AMOUNT = Pattern.compile("(\\d{1,12})([KMG]?)");

        @Override
        public Long convert(String text) {
            var amount = AMOUNT.matcher(text);
            if (!amount.matches()) {
                throw new TypeConversionException(text + " is not a size; write an integer, or one with K, M or G");
            }
            long factor = switch (amount.group(2)) {
                case "K" -> 1_000;
                case "M" -> 1_000_000;
                case "G" -> 1_000_000_000;
                default -> 1;
            };
            return Math.multiplyExact(Long.parseLong(amount.group(1)), factor);
        }
    }
}
