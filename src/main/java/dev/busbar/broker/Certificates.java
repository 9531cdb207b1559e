package dev.busbar.broker;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;

/** Checks PEM files for mistakes that TLS libraries accept silently and that fail each handshake. */
final class Certificates {

    private static final byte[] SIGNED_SAMPLE = "busbar".getBytes(StandardCharsets.US_ASCII);

    private Certificates() {}

    /** Reads a file, and fails with a message for a person. */
    static byte[] read(String file) throws IOException {
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file);
        } catch (AccessDeniedException e) {
            throw new IOException(file + " may not be read by the user Busbar runs as");
        }
    }

    /**
     * Returns all certificates of a PEM file, at least one.
     *
     * @param file the path, for messages
     * @throws CertificateException if there is none, or if the last one is cut off
     */
    static List<X509Certificate> of(byte[] pem, String file) throws CertificateException {
        var text = new String(pem, StandardCharsets.ISO_8859_1);
        var begun = count(text, "-----BEGIN CERTIFICATE-----");
        if (begun == 0 || begun != count(text, "-----END CERTIFICATE-----")) {
            throw new CertificateException(
                    file + (begun == 0 ? " holds no certificate" : " holds a certificate that is cut off"));
        }
        return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    private static int count(String text, String part) {
        var count = 0;
        for (var at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }

    /**
     * Requires that one of the private keys belongs to a certificate: signs a sample with each key and verifies it.
     * Passes certificates of an algorithm it does not know.
     *
     * @throws GeneralSecurityException if none of the keys belongs to the certificate
     */
    static void requireKeyOf(X509Certificate certificate, KeyManagerFactory keys) throws GeneralSecurityException {
        var publicKey = certificate.getPublicKey();
        var algorithm = switch (publicKey.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "EdDSA", "Ed25519", "Ed448" -> "EdDSA";
            default -> null;
        };
        if (algorithm == null) {
            return;
        }
        var signature = Signature.getInstance(algorithm);
        for (var key : privateKeys(keys, publicKey.getAlgorithm())) {
            signature.initSign(key);
            signature.update(SIGNED_SAMPLE);
            var signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(SIGNED_SAMPLE);
            if (signature.verify(signed)) {
                return;
            }
        }
        throw new GeneralSecurityException("the key is not that of the certificate");
    }

    private static List<PrivateKey> privateKeys(KeyManagerFactory keys, String keyType) {
        return Arrays.stream(keys.getKeyManagers())
                .filter(X509KeyManager.class::isInstance)
                .map(X509KeyManager.class::cast)
                .flatMap(manager -> Arrays.stream(
                                Objects.requireNonNullElse(manager.getClientAliases(keyType, null), new String[0]))
                        .map(manager::getPrivateKey))
                .toList();
    }
}
