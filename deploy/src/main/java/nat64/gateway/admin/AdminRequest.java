// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client asks for.
 *
 * @param path decoded
 * @param query decoded; a name may have several values
 * @param acceptsHtml whether a browser asks
 * @param isOfOtherSite whether a browser asks for a page of another site, as it says itself (Sec-Fetch-Site)
 */
record AdminRequest(
        String method,
        String path,
        Map<String, List<String>> query,
        RequestOrigin origin,
        boolean acceptsHtml,
        boolean isOfOtherSite) {

    /** @throws IllegalArgumentException if the target of the request is malformed */
    static AdminRequest of(FullHttpRequest request, RequestOrigin origin) {
        var target = new QueryStringDecoder(withoutAuthority(request.uri()));
        return new AdminRequest(
                request.method().name(),
                target.path(),
                target.parameters(),
                origin,
                request.headers().get(HttpHeaderNames.ACCEPT, "").contains("text/html"),
                request.headers().contains("Sec-Fetch-Site", "cross-site", true));
    }

    /**
     * All parameters.
     *
     * @throws IllegalArgumentException if one is given twice
     */
    Map<String, String> parameters() {
        var parameters = new HashMap<String, String>();
        query.forEach((name, values) -> {
            if (values.size() > 1) {
                throw new IllegalArgumentException("the parameter '" + name + "' is given more than once");
            }
            parameters.put(name, values.getFirst());
        });
        return parameters;
    }

    /** A server must take the absolute form too (RFC 9112, section 3.2.2). */
    private static String withoutAuthority(String target) {
        if (!target.startsWith("http://") && !target.startsWith("https://")) {
            return target;
        }
        int path = target.indexOf('/', "https://".length());
        return path < 0 ? "/" : target.substring(path);
    }
}
