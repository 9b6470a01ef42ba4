// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Where the query of an HTTP request is, as its method, URL and headers say (RFC 8484, section 4.1). */
sealed interface HttpQuery {

    /** The media type of queries and responses (RFC 8484, section 6). */
    String MEDIA_TYPE = "application/dns-message";

    /** In the URL; this is it. */
    record InUrl(String base64url) implements HttpQuery {

        /** Throws {@link IllegalArgumentException} if it is not base64url. */
        byte[] message() {
            return Base64.getUrlDecoder().decode(base64url);
        }
    }

    /** In the body that follows. */
    record InBody() implements HttpQuery {}

    /** Nowhere. */
    record Refused(HttpResponseStatus status) implements HttpQuery {}

    /**
     * Looks for it.
     *
     * @param path where queries are answered
     * @param limit bytes that a query may have
     */
    static HttpQuery find(HttpRequest request, String path, int limit) {
        try {
            var url = new QueryStringDecoder(request.uri());
            if (!url.path().equals(path)) {
                return new Refused(HttpResponseStatus.NOT_FOUND);
            }
            if (request.method().equals(HttpMethod.GET)) {
                return inUrl(url.parameters().getOrDefault("dns", List.of()), limit);
            }
            return request.method().equals(HttpMethod.POST)
                    ? inBody(request, limit)
                    : new Refused(HttpResponseStatus.METHOD_NOT_ALLOWED);
        } catch (IllegalArgumentException e) { // escapes, base64url or a length that make no sense
            return new Refused(HttpResponseStatus.BAD_REQUEST);
        }
    }

    private static HttpQuery inUrl(List<String> values, int limit) {
        if (values.size() != 1) {
            return new Refused(HttpResponseStatus.BAD_REQUEST);
        }
        var found = new InUrl(values.getFirst());
        return found.message().length > limit ? new Refused(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE) : found;
    }

    private static HttpQuery inBody(HttpRequest request, int limit) {
        var type = HttpUtil.getMimeType(request);
        if (type == null || !MEDIA_TYPE.contentEquals(type.toString().trim().toLowerCase(Locale.ROOT))) {
            return new Refused(HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE);
        }
        var length = request.headers().get(HttpHeaderNames.CONTENT_LENGTH);
        return length != null && Long.parseLong(length) > limit
                ? new Refused(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE)
                : new InBody();
    }
}
