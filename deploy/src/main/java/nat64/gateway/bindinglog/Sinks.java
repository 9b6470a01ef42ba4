// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nat64.gateway.bindinglog.format.IpfixEncoder;
import nat64.gateway.bindinglog.format.JsonEncoder;
import nat64.gateway.bindinglog.format.SyslogEncoder;
import nat64.gateway.bindinglog.format.SyslogEncoder.Framing;
import nat64.gateway.config.translator.log.BindingLogConfig;
import nat64.gateway.config.translator.log.LogServer;
import nat64.gateway.config.translator.log.SyslogConfig;

/** The sinks that a configuration asks for. */
final class Sinks {

    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private Sinks() {}

    /** @throws IOException if the file cannot be opened */
    static List<Sink> of(BindingLogConfig config) throws IOException {
        var sinks = new ArrayList<Sink>();
        if (config.file().isPresent()) {
            sinks.add(new Sink(new JsonEncoder(), new FileOutput(config.file().get())));
        }
        config.syslog().server().ifPresent(server -> sinks.add(syslog(config.syslog(), server)));
        config.ipfix().collector().ifPresent(collector -> {
            var encoder = new IpfixEncoder(config.ipfix().observationDomain(), process());
            sinks.add(new Sink(encoder, new DatagramOutput(collector)));
        });
        return sinks;
    }

    private static Sink syslog(SyslogConfig config, LogServer server) {
        boolean isDatagram = server.transport() == LogServer.Transport.UDP;
        var encoder = new SyslogEncoder(
                isDatagram ? Framing.DATAGRAM : Framing.OCTET_COUNTING,
                config.facility().number(),
                hostName(),
                process());
        return new Sink(
                encoder, isDatagram ? new DatagramOutput(server) : new StreamOutput(server, config.authorities()));
    }

    private static long process() {
        return ProcessHandle.current().pid();
    }

    /** Without a question to the DNS. */
    private static String hostName() {
        try {
            return Files.readString(HOST_NAME).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
