// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.auto;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nat64.gateway.system.HostException;

/** The resolvers of this host; resolv.conf(5). */
public final class ResolvConf {

    static final Path PATH = Path.of("/etc/resolv.conf");

    private static final Pattern NAMESERVER = Pattern.compile("\\s*nameserver\\s+(\\S+).*");

    private ResolvConf() {}

    /**
     * The text of the file, which is empty if there is none.
     *
     * @throws HostException if it can't be read
     */
    public static String read() throws HostException {
        try {
            return Files.exists(PATH) ? Files.readString(PATH) : "";
        } catch (IOException e) {
            throw new HostException("cannot read " + PATH + ": " + e.getMessage(), e);
        }
    }

    /**
     * The resolvers in the text, in its order, but for those named as own: a DNS64 must not ask itself. Other lines,
     * and those with something else than an address, are ignored.
     */
    public static List<InetAddress> resolvers(String text, Collection<InetAddress> own) {
        return text.lines()
                .map(NAMESERVER::matcher)
                .filter(Matcher::matches)
                .flatMap(line -> address(line.group(1)))
                .filter(resolver -> !own.contains(resolver))
                .distinct()
                .toList();
    }

    private static Stream<InetAddress> address(String text) {
        try {
            return Stream.of(InetAddress.ofLiteral(text)).filter(ResolvConf::isReachable);
        } catch (IllegalArgumentException e) {
            return Stream.empty(); // no address, or the zone of an interface that is gone
        }
    }

    /** Without a zone, nothing says on which link a link-local address is. */
    private static boolean isReachable(InetAddress address) {
        return !(address instanceof Inet6Address ipv6) || !ipv6.isLinkLocalAddress() || ipv6.getScopeId() != 0;
    }
}
