// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.NetUtil;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What every request must be, whatever it asks for. Pure. */
final class RequestChecks {

    private static final Pattern HOST = Pattern.compile("\\[([0-9A-Fa-f:.]+)](?::\\d*)?|([^:\\[\\]]*)(?::\\d*)?");

    private RequestChecks() {}

    /** Whether it is well-formed HTTP within the limits; if not, the answer, after which the connection is closed. */
    static Optional<Page> malformed(HttpRequest request) {
        var result = request.decoderResult();
        if (result.isFailure()) {
            return Optional.of(
                    switch (result.cause()) {
                        case TooLongHttpLineException _ -> Page.text(414, "the request line is too long");
                        case TooLongHttpHeaderException _ -> Page.text(431, "the header is too large");
                        default -> Page.text(400, "malformed request");
                    });
        }
        int hosts = request.headers().getAll(HttpHeaderNames.HOST).size();
        boolean isHostMissing = hosts == 0 && request.protocolVersion().equals(HttpVersion.HTTP_1_1);
        return isHostMissing || hosts > 1
                ? Optional.of(Page.text(400, "one Host header is needed (RFC 9112, section 3.2)"))
                : Optional.empty();
    }

    /**
     * Whether the Host header can be this server's. A web page can make a browser send requests to a name that the
     * page's owner lets resolve to this host (DNS rebinding), but never to {@code localhost} or an address. A request
     * without the header does not come from a browser.
     */
    static boolean isForOurHost(HttpRequest request) {
        var host = request.headers().get(HttpHeaderNames.HOST);
        if (host == null) {
            return true;
        }
        var matcher = HOST.matcher(host);
        if (!matcher.matches()) {
            return false;
        }
        return matcher.group(1) != null
                ? NetUtil.isValidIpV6Address(matcher.group(1))
                : isOurName(matcher.group(2).toLowerCase(Locale.ROOT));
    }

    /** The name in the Host header, without the port; nothing if it is an address or malformed. */
    static Optional<String> hostName(HttpRequest request) {
        return Optional.ofNullable(request.headers().get(HttpHeaderNames.HOST))
                .map(HOST::matcher)
                .filter(matcher -> matcher.matches() && matcher.group(2) != null)
                .map(matcher -> matcher.group(2));
    }

    private static boolean isOurName(String name) {
        return name.equals("localhost") || NetUtil.isValidIpV4Address(name);
    }
}
