// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import nat64.gateway.config.ConfigFile;
import nat64.translator.TranslatorThreads;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;
import nat64.translator.device.MemoryPort;
import nat64.translator.session.record.BindingRecord;
import nat64.translator.session.record.SessionRecord;
import nat64.translator.session.record.SessionState;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.TcpState;
import nat64.translator.translate.NextHopMtus;

/** A translator with a UDP session of each of 250 hosts, as old as the number of the host, and a TCP session of one. */
public record FilledTables(TranslatorThreads translator) implements AutoCloseable {

    static final int HOSTS = 250;

    public static FilledTables start() throws IOException {
        var tables = new FilledTables(translator(
                "{clients: ['2001:db8::/32'], translator: {max-sessions: 1024, subscribers: {max-sessions: 100}}}"));
        for (int host = 1; host <= HOSTS; host++) {
            tables.adopt(Protocol.UDP, host, TcpState.STATELESS, 53);
        }
        tables.adopt(Protocol.TCP, 7, TcpState.ESTABLISHED, 443);
        return tables;
    }

    public Optional<TranslatorThreads> running() {
        return Optional.of(translator);
    }

    @Override
    public void close() {
        translator.close();
    }

    static TranslatorThreads translator(String text) throws IOException {
        var config = ConfigFile.parse("test", text).config();
        var surroundings = new TranslatorThreads.Surroundings(() -> 1_000_000, new SplittableRandom(1), () -> {});
        var settings = config.modeSettings(NextHopMtus.UNLIMITED);
        return TranslatorThreads.prepare(Arena.ofShared(), settings, List.of(new MemoryPort()), surroundings);
    }

    private void adopt(Protocol protocol, int host, TcpState state, int remotePort) {
        var client = Ipv6Address.parse("2001:db8::" + Integer.toHexString(host));
        var record = new SessionRecord(
                new BindingRecord(protocol, client, 4000, Ipv4Address.parse("100.64.64.1"), 2000 + host),
                Ipv4Address.parse("192.0.2.33"),
                remotePort,
                Pref64.WELL_KNOWN,
                new SessionState(state, false, true, Duration.ofMinutes(1), Duration.ofSeconds(host)));
        assertThat(translator.adopt(record).join().succeeded()).isTrue();
    }
}
