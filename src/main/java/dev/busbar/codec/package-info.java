/**
 * Converts messages between the wire and the event bus: properties, application headers and bodies. Pure functions and
 * immutable values for any thread; nothing here blocks or calls back. Imports of Busbar only {@code config}. Public
 * API: {@link dev.busbar.codec.MessageProperties}, {@link dev.busbar.codec.PropertiesBuilder}.
 *
 * <h2>Properties</h2>
 *
 * <table>
 * <caption>What a property is called on each side</caption>
 * <tr><th>event bus header</th><th>AMQP 0-9-1</th><th>AMQP 1.0</th><th>written as</th></tr>
 * <tr><td>amqp-routing-key</td><td>routing-key of the method</td><td>properties: to or subject</td><td>text</td></tr>
 * <tr><td>amqp-exchange</td><td>exchange of the method</td><td>properties: to, or the link's address</td><td>text</td></tr>
 * <tr><td>amqp-message-id</td><td>message-id</td><td>properties: message-id</td><td>text</td></tr>
 * <tr><td>amqp-correlation-id</td><td>correlation-id</td><td>properties: correlation-id</td><td>text</td></tr>
 * <tr><td>amqp-reply-to</td><td>reply-to</td><td>properties: reply-to</td><td>text</td></tr>
 * <tr><td>amqp-content-type</td><td>content-type</td><td>properties: content-type</td><td>MIME type</td></tr>
 * <tr><td>amqp-content-encoding</td><td>content-encoding</td><td>properties: content-encoding</td><td>text</td></tr>
 * <tr><td>amqp-timestamp</td><td>timestamp (seconds)</td><td>properties: creation-time (milliseconds)</td><td>ISO-8601 instant</td></tr>
 * <tr><td>amqp-priority</td><td>priority</td><td>header: priority</td><td>0 to 255</td></tr>
 * <tr><td>amqp-expiration</td><td>expiration</td><td>header: ttl</td><td>milliseconds</td></tr>
 * <tr><td>amqp-type</td><td>type</td><td>message-annotations: x-basic-type</td><td>text</td></tr>
 * <tr><td>amqp-user-id</td><td>user-id</td><td>properties: user-id</td><td>text</td></tr>
 * <tr><td>amqp-app-id</td><td>app-id</td><td>properties: group-id</td><td>text</td></tr>
 * <tr><td>amqp-persistent</td><td>delivery-mode (2 or 1)</td><td>header: durable</td><td>true or false</td></tr>
 * <tr><td>amqp-redelivered</td><td>redelivered of the method</td><td>header: delivery-count, first-acquirer</td><td>true or false</td></tr>
 * <tr><td>amqp-attempt</td><td>counted by Busbar</td><td>counted by Busbar</td><td>1, 2, …</td></tr>
 * <tr><td>amqp-deadline</td><td>between nodes only</td><td>between nodes only</td><td>of Busbar's own form</td></tr>
 * </table>
 *
 * <p>A property that is not set, or is an empty text, has no header, and a header that is empty sets none. The routing
 * key, the exchange, {@code amqp-redelivered} and {@code amqp-attempt} tell a receiver about the delivery. A sender's
 * are ignored, because the route decides them, so that the headers of a received message can be sent again as they are.
 * If {@code amqp-redelivered} is among a sender's headers, the message was received before, and the broker's own
 * instructions of {@link dev.busbar.codec.RoutingHeaders}, such as {@code CC}, are ignored too: the broker has acted on
 * them already. AMQP 1.0 has neither exchanges nor routing keys. Which field holds them differs from broker to broker,
 * and Broker-J has the type in the subject. Not carried: the 0-9-1 cluster-id, and of 1.0 the footer, delivery
 * annotations and the properties without a row here. Texts have at most 255 bytes, as 0-9-1 allows; a user-id that is
 * not the connection's is refused by RabbitMQ. An id of AMQP 1.0 that is no string becomes one: a ulong its digits, a
 * uuid its usual form, binary the text that it is in UTF-8, else hexadecimal digits. A sender's expiration, and any
 * over AMQP 1.0, is at most 4294967295 ms.
 *
 * <p>Brokers that translate between the protocols copy the number of the timestamp, though one counts seconds and the
 * other milliseconds. So a timestamp of AMQP 1.0 between 1970 and March 1973 is taken for seconds, and one of 0-9-1
 * later than 9999 for milliseconds. A time beyond the years 1 to 9999 is not a valid timestamp: its number becomes the
 * header {@code x-busbar-timestamp}, and a sender that sets such a timestamp is refused.
 *
 * <h2>Application headers</h2>
 *
 * <p>Application headers keep their names. If a name begins with {@code amqp-}, in whatever case, {@code amqp-header-}
 * is put before it, so that the header is not mistaken for a property. Other names that begin with {@code amqp-} are
 * errors when a sender sets them. Event bus headers are text, so the types are noted in one more header,
 * {@code amqp-header-types}, for instance {@code x-count=int;x-death=list;x-death/0/time=timestamp}. A header without
 * an entry is a string; a value inside JSON without an entry is a long, a double, or what else JSON shows. The
 * characters {@code %/;=} in names are written as {@code %} and two hexadecimal digits. When the message is sent again,
 * the header restores the types. A header with several values becomes a list. A received header without a name, or with
 * a name of more than 255 bytes as AMQP 1.0 allows, is left out when the message is sent again.
 *
 * <table>
 * <caption>The types of application headers and how each is written</caption>
 * <tr><th>type</th><th>Java</th><th>AMQP 0-9-1</th><th>AMQP 1.0</th><th>written as</th></tr>
 * <tr><td>string</td><td>String</td><td>S</td><td>string</td><td>the text itself</td></tr>
 * <tr><td>boolean</td><td>Boolean</td><td>t</td><td>boolean</td><td>true or false</td></tr>
 * <tr><td>byte</td><td>Byte</td><td>b</td><td>byte</td><td>decimal digits</td></tr>
 * <tr><td>short</td><td>Short</td><td>s</td><td>short</td><td>decimal digits</td></tr>
 * <tr><td>int</td><td>Integer</td><td>I</td><td>int</td><td>decimal digits</td></tr>
 * <tr><td>long</td><td>Long</td><td>l</td><td>long</td><td>decimal digits</td></tr>
 * <tr><td>float</td><td>Float</td><td>f</td><td>float</td><td>as Java writes it</td></tr>
 * <tr><td>double</td><td>Double</td><td>d</td><td>double</td><td>as Java writes it</td></tr>
 * <tr><td>decimal</td><td>BigDecimal</td><td>D (32 bits, scale to 255)</td><td>decimal128</td><td>as Java writes it</td></tr>
 * <tr><td>timestamp</td><td>Instant</td><td>T (seconds)</td><td>timestamp (milliseconds)</td><td>ISO-8601 instant</td></tr>
 * <tr><td>bytes</td><td>byte[]</td><td>x</td><td>binary</td><td>base64</td></tr>
 * <tr><td>map</td><td>Map</td><td>F</td><td>map in message-annotations</td><td>JSON object</td></tr>
 * <tr><td>list</td><td>List</td><td>A</td><td>list in message-annotations</td><td>JSON array</td></tr>
 * <tr><td>null</td><td>null</td><td>V</td><td>null</td><td>empty</td></tr>
 * </table>
 *
 * <p>Transports convert to and from these Java types and refuse values that their protocol cannot hold. In AMQP 1.0,
 * headers are application-properties, which cannot hold maps and lists. Those become message-annotations if their names
 * begin with {@code x-}, and are refused otherwise. Annotations with such names are read as headers, all but
 * {@code x-opt-…}, {@code x-basic-…}, {@code x-cc}, {@code x-exchange} and {@code x-routing-key}; RabbitMQ 4 does the
 * same between its two protocols. Of the other types of AMQP 1.0, unsigned numbers are read as the next wider type,
 * ulong beyond a long as decimal, decimal32 and decimal64 as decimal, char, symbol and uuid as string, array as list.
 *
 * <h2>Bodies, read</h2>
 *
 * <ul>
 *   <li>{@code application/json} and {@code application/*+json}: JSON in the charset named, else in UTF-8, UTF-16 or
 *       UTF-32, which are recognised; one value, at most 900 levels deep. An empty body is not JSON. Of duplicate keys
 *       the last counts. Numbers become {@code Integer}, {@code Long}, {@code BigInteger} or {@code Double}; beyond a
 *       double's range, {@code BigDecimal}.
 *   <li>no content type: JSON if it is JSON, else a {@code Buffer}; an empty body is an empty {@code Buffer}.
 *   <li>{@code text/*} and {@code application/text}: a {@code String}, by the charset in the content type, else in the
 *       content encoding, else UTF-8. Malformed text is unreadable.
 *   <li>pickle, YAML, serialized Java, MessagePack and the like: unreadable, because reading them can run code.
 *   <li>any other content type: a {@code Buffer} with the bytes as they are.
 * </ul>
 *
 * <p>A {@link dev.busbar.config.BodyMode} takes the place of the content type, of which only the charset counts then.
 * {@code JSON} and {@code TEXT} are read as above, and unreadable if the content encoding, charset or compression is
 * not known; {@code BYTES} is a {@code Buffer} with the bytes as they came, not inflated. No format is refused then.
 *
 * <p>In AMQP 1.0 a body is read from data sections. A value or a sequence is converted to bytes first: a string (or
 * symbol, char, uuid) to UTF-8, as {@code text/plain} if no content type is set; binary stays as it is; anything else
 * becomes JSON, as {@code application/json}, with infinite numbers as strings. A null that JMS marks as a message
 * without a body is an empty body.
 *
 * <p>Before it is read, a body is inflated up to a bound if kombu's header {@code compression} says
 * {@code application/x-gzip} (zlib, as kombu writes it, or gzip), {@code application/x-bz2}, {@code application/zstd},
 * {@code application/x-brotli} or {@code application/x-lzma} (xz), or the content encoding {@code gzip},
 * {@code deflate}, {@code bzip2}, {@code zstd}, {@code br} or {@code xz}. An inflated body reaches the event bus
 * without these. If Busbar does not know the content encoding or the charset, or has no library for the compression,
 * the body stays as it is: a {@code Buffer}, together with the headers that describe it. The content encodings
 * {@code binary} and the like are known and have no effect. Charsets may have the JVM's names and those of Python and
 * others ({@code latin-1}, {@code utf8}, {@code utf-8-sig}). A header {@code compression} with any other value has no
 * meaning.
 *
 * <p>Inside JSON, the typed values of kombu are converted: datetime to an {@code Instant} (without an offset: UTC),
 * decimal to a {@code BigDecimal}, bytes and base64 to a {@code Buffer}, uuid, date and time to a {@code String} in the
 * usual form. An object with an unknown type stays as it is. An ISO-8601 string stays a string, which
 * {@code JsonObject.getInstant} reads, and epoch seconds stay a number, because nothing in the message says that they
 * are dates. A body that is a single datetime, or a single number beyond long and double, becomes text, because the
 * event bus has no codec for it.
 *
 * <h2>Bodies, written</h2>
 *
 * <ul>
 *   <li>{@code JsonObject}, {@code JsonArray}, maps, collections, numbers, booleans, {@code null} and, if no other
 *       content type is requested, {@code String}: JSON in UTF-8, or in the requested charset. Instants and other
 *       datetimes with an offset as {@link dev.busbar.config.DatetimeStyle} says (kombu's to the microsecond), bytes in
 *       base64url, enums by name.
 *   <li>{@code String}, if the requested content type is not JSON: text in its charset, else in that of the content
 *       encoding, else in UTF-8.
 *   <li>{@code Buffer} and {@code byte[]}: as they are, with the requested content type or
 *       {@code application/octet-stream}.
 *   <li>any other class, and a body that cannot be written as the requested content type: an error.
 * </ul>
 *
 * <p>With a {@link dev.busbar.config.BodyMode} only the charset of the requested content type counts. {@code JSON} is
 * all but bytes, written as JSON; {@code TEXT} is a {@code String}, and {@code BYTES} are bytes, as they are. Any other
 * body is an error.
 */
package dev.busbar.codec;
