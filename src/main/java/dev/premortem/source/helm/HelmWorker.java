package dev.premortem.source.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import com.marcnuri.helm.jni.NativeLibrary;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;

/**
 * The worker process: renders what it is asked on its standard input until that ends. It runs with an environment of its own, because Helm
 * reads {@code KUBECONFIG} and {@code HOME} when the library is loaded.
 */
public final class HelmWorker {
    static final String DONE = "done";
    static final String FAILED = "failed";

    private static final int MOST_REQUEST_BYTES = 1 << 20;

    private HelmWorker() {}

    /** Runs until standard input ends; the first argument is the longest text to give back, in characters. */
    public static void main(String[] arguments) throws IOException {
        // a template that loops never comes back to read that its input ended
        CompletableFuture<?> _ = ProcessHandle.current()
                .parent()
                .map(ProcessHandle::onExit)
                .orElseGet(CompletableFuture::new)
                .thenRun(() -> Runtime.getRuntime().halt(1));
        int most = Integer.parseInt(arguments[0]);
        DataInputStream in = new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
        if (ServiceLoader.load(NativeLibrary.class).findFirst().isEmpty()) {
            // without this helm-java would fetch it from a registry
            Frames.write(out, List.of(FAILED, "helm-java has no native library for this platform"));
            return;
        }
        Frames.write(out, List.of(DONE, ""));
        while (true) {
            List<String> request;
            try {
                request = Frames.read(in, MOST_REQUEST_BYTES);
            } catch (EOFException over) {
                return;
            }
            Frames.write(out, answer(request, most));
        }
    }

    private static List<String> answer(List<String> request, int most) {
        try {
            String text = render(request);
            return text.length() > most
                    ? List.of(FAILED, "more than " + most + " characters of output")
                    : List.of(DONE, text);
        } catch (RuntimeException e) { // how helm-java says what is wrong with a chart: the other side tells it
            return List.of(FAILED, String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError e) {
            return List.of(FAILED, "more output than fits into memory");
        }
    }

    /** Folder, release, namespace, Kubernetes version, then values files. */
    private static String render(List<String> request) {
        TemplateCommand command = new Helm(Path.of(request.get(0)))
                .template()
                .withName(request.get(1))
                .withNamespace(request.get(2))
                .withKubeVersion(request.get(3));
        for (String file : request.subList(4, request.size())) {
            command.withValuesFile(Path.of(file));
        }
        return Objects.requireNonNullElse(command.call(), ""); // null where nothing comes out
    }
}
