package dev.busbar.codec;

/**
 * Combines all that describes the body of a message: content type, content encoding and kombu's compression header. If
 * Busbar does not know a part of it, the body stays as it is, also if other parts are known.
 *
 * @param type the content type, or {@code null}
 * @param encoding the content encoding
 * @param compression the compression that kombu's header names, or {@code null}
 * @param text the charset of the content type, or else of the content encoding, or {@code null}
 * @param opaque whether the body can only be passed on as bytes, together with all that describes it
 */
record BodyFormat(MediaType type, BodyEncoding encoding, Compression compression, TextEncoding text, boolean opaque) {

    static BodyFormat of(MessageProperties properties) {
        return of(properties, MediaType.parse(properties.contentType()));
    }

    /** @param type taken for the content type */
    static BodyFormat of(MessageProperties properties, MediaType type) {
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

    /** Returns the content encoding that describes the body after it has been read; {@code null} for none. */
    static String contentEncodingRead(MessageProperties properties) {
        if (properties.contentEncoding() == null) {
            return null;
        }
        BodyFormat format = of(properties);
        return format.opaque ? properties.contentEncoding() : format.encoding.withoutCompression();
    }

    /** Returns whether the body has been inflated as kombu's header says, so that the header no longer describes it. */
    static boolean compressionIsUndone(MessageProperties properties) {
        BodyFormat format = of(properties);
        return format.compression != null && !format.opaque;
    }
}
