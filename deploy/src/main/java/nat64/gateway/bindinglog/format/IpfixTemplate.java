// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog.format;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The layout of the data records of one kind (RFC 7011, section 3.4), and the set that tells it.
 *
 * @param id of the template, and of the sets that hold its records; 256 or more
 * @param scopes how many fields, the first ones, say what the others are about; 0 of a template without options
 */
record IpfixTemplate(int id, int scopes, List<Field> fields) {

    /** An information element of the IANA registry, with its length in bytes. */
    enum Field {
        PROTOCOL_IDENTIFIER(4, 1),
        SOURCE_TRANSPORT_PORT(7, 2),
        DESTINATION_TRANSPORT_PORT(11, 2),
        SOURCE_IPV6_ADDRESS(27, 16),
        DESTINATION_IPV6_ADDRESS(28, 16),
        SOURCE_IPV6_PREFIX_LENGTH(29, 1),
        EXPORTING_PROCESS_ID(144, 4),
        NOT_SENT_FLOW_TOTAL_COUNT(166, 8),
        POST_NAT_SOURCE_IPV4_ADDRESS(225, 4),
        POST_NAT_DESTINATION_IPV4_ADDRESS(226, 4),
        POST_NAPT_SOURCE_TRANSPORT_PORT(227, 2),
        POST_NAPT_DESTINATION_TRANSPORT_PORT(228, 2),
        NAT_EVENT(230, 1),
        OBSERVATION_TIME_MILLISECONDS(323, 8),
        PORT_RANGE_START(361, 2),
        PORT_RANGE_END(362, 2);

        private final int element;
        private final int length;

        Field(int element, int length) {
            this.element = element;
            this.length = length;
        }
    }

    /** A binding (RFC 8158, section 4.6.4). */
    static final IpfixTemplate BINDING = new IpfixTemplate(
            256,
            0,
            List.of(
                    Field.OBSERVATION_TIME_MILLISECONDS,
                    Field.NAT_EVENT,
                    Field.SOURCE_IPV6_ADDRESS,
                    Field.POST_NAT_SOURCE_IPV4_ADDRESS,
                    Field.PROTOCOL_IDENTIFIER,
                    Field.SOURCE_TRANSPORT_PORT,
                    Field.POST_NAPT_SOURCE_TRANSPORT_PORT));

    /** A session (RFC 8158, section 4.6.2). */
    static final IpfixTemplate SESSION = new IpfixTemplate(
            257,
            0,
            List.of(
                    Field.OBSERVATION_TIME_MILLISECONDS,
                    Field.NAT_EVENT,
                    Field.SOURCE_IPV6_ADDRESS,
                    Field.POST_NAT_SOURCE_IPV4_ADDRESS,
                    Field.PROTOCOL_IDENTIFIER,
                    Field.SOURCE_TRANSPORT_PORT,
                    Field.POST_NAPT_SOURCE_TRANSPORT_PORT,
                    Field.DESTINATION_IPV6_ADDRESS,
                    Field.POST_NAT_DESTINATION_IPV4_ADDRESS,
                    Field.DESTINATION_TRANSPORT_PORT,
                    Field.POST_NAPT_DESTINATION_TRANSPORT_PORT));

    /** What was lost since the start (RFC 7011, section 4.3). */
    static final IpfixTemplate LOSSES = new IpfixTemplate(
            258,
            1,
            List.of(Field.EXPORTING_PROCESS_ID, Field.OBSERVATION_TIME_MILLISECONDS, Field.NOT_SENT_FLOW_TOTAL_COUNT));

    /** A block of ports (RFC 8158, section 4.6.10), with the prefix of the subscriber who has it. */
    static final IpfixTemplate BLOCK = new IpfixTemplate(
            259,
            0,
            List.of(
                    Field.OBSERVATION_TIME_MILLISECONDS,
                    Field.NAT_EVENT,
                    Field.SOURCE_IPV6_ADDRESS,
                    Field.SOURCE_IPV6_PREFIX_LENGTH,
                    Field.POST_NAT_SOURCE_IPV4_ADDRESS,
                    Field.PORT_RANGE_START,
                    Field.PORT_RANGE_END));

    static final List<IpfixTemplate> ALL = List.of(BINDING, SESSION, LOSSES, BLOCK);

    private static final int TEMPLATE_SET = 2; // RFC 7011, section 3.3.2
    private static final int OPTIONS_TEMPLATE_SET = 3;
    private static final int SET_HEADER = 4;
    private static final int BYTES_PER_FIELD = 4;

    /** Bytes of a record. */
    int recordLength() {
        return fields.stream().mapToInt(field -> field.length).sum();
    }

    /** Bytes of the set that tells the layout. */
    int setLength() {
        return SET_HEADER + (scopes == 0 ? 4 : 6) + fields.size() * BYTES_PER_FIELD;
    }

    /** Writes the set that tells the layout. */
    void write(ByteBuffer into) {
        into.putShort((short) (scopes == 0 ? TEMPLATE_SET : OPTIONS_TEMPLATE_SET));
        into.putShort((short) setLength());
        into.putShort((short) id).putShort((short) fields.size());
        if (scopes > 0) {
            into.putShort((short) scopes);
        }
        fields.forEach(field -> into.putShort((short) field.element).putShort((short) field.length));
    }
}
