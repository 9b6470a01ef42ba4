// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog.format;

/** Records to the messages of one format. One thread. */
public sealed interface Encoder permits JsonEncoder, SyslogEncoder, IpfixEncoder {

    /** The format, as metrics and messages name it. */
    String format();

    /**
     * Writes a record into a batch that {@link Batch#hasRoom}. A format without a message for it leaves it out.
     *
     * @param now milliseconds since 1970
     */
    void encode(LogRecord record, Batch batch, long now);

    /** Ends the last message of a batch, after which the batch is only written. */
    default void finish(Batch batch, long now) {}

    /** The batch that was finished last will never be written. */
    default void dropped() {}
}
