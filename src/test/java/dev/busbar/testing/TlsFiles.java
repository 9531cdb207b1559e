package dev.busbar.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Certificates for TLS tests, made with the JDK's keytool: an authority, a server named {@code localhost}, and a
 * client.
 *
 * @param ca the authority's certificate, PEM
 * @param client its common name is {@value #CLIENT_NAME}
 */
public record TlsFiles(Path ca, Pair server, Pair client) {

    /** The common name of the client's certificate. */
    public static final String CLIENT_NAME = "busbar-client";

    private static final String PASSWORD = "changeit";
    private static TlsFiles instance;

    /** A certificate and its private key (PKCS #8), both PEM. */
    public record Pair(Path certificate, Path key) {}

    /** Makes the files at the first call; takes about two seconds. */
    public static synchronized TlsFiles get() {
        if (instance == null) {
            try {
                instance =
                        make(Files.createDirectories(RabbitFleet.get().folder().resolve("tls")));
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException("keytool made nothing of use", e);
            }
        }
        return instance;
    }

    /** Other ones of the same names, by another authority; the caller's alone. */
    public static TlsFiles another() {
        try {
            return make(Files.createTempDirectory(Files.createDirectories(Path.of("target", "tls")), "files"));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("keytool made nothing of use", e);
        }
    }

    private static TlsFiles make(Path folder) throws IOException, GeneralSecurityException {
        Path store = folder.resolve("keys.p12");
        generate(store, "ca", "-dname", "CN=Busbar test authority", "-ext", "bc:c=ca:true", "-ext", "ku:c=keyCertSign");
        generate(store, "server", "-dname", "CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1", "-signer", "ca");
        generate(store, "client", "-dname", "CN=" + CLIENT_NAME, "-ext", "eku=clientAuth", "-signer", "ca");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream input = Files.newInputStream(store)) {
            keys.load(input, PASSWORD.toCharArray());
        }
        Path ca = pem(folder, "ca.pem", "CERTIFICATE", keys.getCertificate("ca").getEncoded());
        return new TlsFiles(ca, pair(folder, keys, "server"), pair(folder, keys, "client"));
    }

    private static Pair pair(Path folder, KeyStore keys, String alias) throws IOException, GeneralSecurityException {
        byte[] key = keys.getKey(alias, PASSWORD.toCharArray()).getEncoded();
        return new Pair(
                pem(
                        folder,
                        alias + ".pem",
                        "CERTIFICATE",
                        keys.getCertificate(alias).getEncoded()),
                pem(folder, alias + "-key.pem", "PRIVATE KEY", key));
    }

    private static Path pem(Path folder, String name, String type, byte[] content) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(
                folder.resolve(name), "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
    }

    private static void generate(Path store, String alias, String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(Arrays.asList(options));
        try {
            Shell.run(new ProcessBuilder(command));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
