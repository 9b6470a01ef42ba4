// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import nat64.gateway.json.Json;

/**
 * Log messages as one JSON object per line: {@code time} (RFC 3339, UTC), {@code level}, {@code logger}, {@code
 * message}, {@code thread}, and {@code exception} with its stack trace where there is one. Any thread may use it.
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {

    private static final byte[] NOTHING = {};

    @Override
    public byte[] encode(ILoggingEvent event) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("time", event.getInstant().toString());
        fields.put("level", event.getLevel().toString());
        fields.put("logger", event.getLoggerName());
        fields.put("message", event.getFormattedMessage());
        fields.put("thread", event.getThreadName());
        var exception = event.getThrowableProxy();
        if (exception != null) {
            fields.put("exception", ThrowableProxyUtil.asString(exception));
        }
        return (Json.line(fields) + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
