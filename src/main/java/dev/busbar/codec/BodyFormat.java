package dev.busbar.codec;

/**
 * What a message says of its body: content type, content encoding and kombu's compression header together. What of it
 * is not understood leaves the body as it is, and nothing is undone.
 *
 * @param type {@code null} if there is none
 * @param encoding what the content encoding says
 * @param compression what kombu's header says, or {@code null}
 * @param text the charset, of the content type before the content encoding, or {@code null} if none is named
 * @param opaque whether the body can only be handed on as bytes, with all that speaks of it
 */
record BodyFormat(MediaType type, BodyEncoding encoding, Compression compression, TextEncoding text, boolean opaque) {

    static BodyFormat of(MessageProperties properties) {
        MediaType type = MediaType.parse(properties.contentType());
        BodyEncoding encoding = BodyEncoding.parse(properties.contentEncoding());
        Object named =
                properties.headers().isEmpty() ? null : properties.headers().get(Compression.HEADER);
        Compression compression = named instanceof String name ? Compression.inHeader(name) : null;
        TextEncoding text = encoding.text();
        boolean opaque = encoding.unknown() != null || compression != null && !compression.isReadable();
        if (type != null && type.charset() != null && (type.isText() || type.isJson())) {
            text = TextEncoding.named(type.charset());
            opaque |= text == null;
        }
        return new BodyFormat(type, encoding, compression, text, opaque);
    }

    /** The content encoding of the body once it has been read; {@code null} if there is none. */
    static String contentEncodingRead(MessageProperties properties) {
        if (properties.contentEncoding() == null) {
            return null;
        }
        BodyFormat format = of(properties);
        return format.opaque ? properties.contentEncoding() : format.encoding.rest();
    }

    /** Whether kombu's header has been obeyed, and says nothing of the body that was read. */
    static boolean compressionIsUndone(MessageProperties properties) {
        BodyFormat format = of(properties);
        return format.compression != null && !format.opaque;
    }
}
