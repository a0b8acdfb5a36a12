import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;
import org.apache.velocity.runtime.log.NullLogChute;

/**
 * Renders mapping templates of API Gateway, which are written in Velocity's language.
 *
 * Each line of the input is a request: a template, and the request's headers ("name: value", one to a line), both in base64,
 * with a tab between them. Each line of the output is its result: "ok", the text, and the headers that the template has set
 * ("name: value", one to a line), or "error" and why; again with tabs and in base64. A reference to what API Gateway does not
 * have is an error.
 */
public final class Render {
    /** What a template sees as `$input`. */
    public static final class Input {
        private final Map<String, String> headers;

        Input(Map<String, String> headers) {
            this.headers = headers;
        }

        /** A parameter of the request by its exact name; empty where there is none. */
        public String params(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    public static void main(String[] arguments) throws Exception {
        VelocityEngine engine = new VelocityEngine();
        engine.setProperty("runtime.references.strict", true);
        engine.setProperty("runtime.log.logsystem", new NullLogChute());
        engine.init();
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            String[] fields = line.split("\t", -1);
            System.out.println(render(engine, decoded(fields[0]), headers(decoded(fields[1]))));
        }
    }

    private static String render(VelocityEngine engine, String template, Map<String, String> headers) {
        Map<String, String> set = new HashMap<>();
        Map<String, Object> override = new HashMap<>();
        override.put("header", set);
        Map<String, Object> context = new HashMap<>();
        context.put("requestId", "request-1");
        context.put("responseOverride", override);
        VelocityContext variables = new VelocityContext();
        variables.put("input", new Input(headers));
        variables.put("context", context);
        StringWriter text = new StringWriter();
        try {
            engine.evaluate(variables, text, "template", template);
        } catch (Exception error) {
            return "error\t" + encoded(error.toString());
        }
        List<String> lines = new ArrayList<>();
        set.forEach((name, value) -> lines.add(name + ": " + value));
        return "ok\t" + encoded(text.toString()) + "\t" + encoded(String.join("\n", lines));
    }

    private static Map<String, String> headers(String lines) {
        Map<String, String> headers = new HashMap<>();
        for (String line : lines.split("\n")) {
            String[] parts = line.split(": ", 2);
            if (parts.length == 2) {
                headers.put(parts[0], parts[1]);
            }
        }
        return headers;
    }

    private static String decoded(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
