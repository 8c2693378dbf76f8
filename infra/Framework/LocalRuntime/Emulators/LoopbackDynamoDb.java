import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/**
 * Starts DynamoDB Local as its own main class does, but on 127.0.0.1 only, which it has no option for. No web page gets an answer: its Host is
 * another name for this machine (DNS rebinding), or its browser tells another origin. Gateway/OriginGuard.cs has the same rules.
 */
public final class LoopbackDynamoDb {
    private static final Pattern OURS = Pattern.compile("(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d+)?");

    public static void main(String[] args) throws Exception {
        DynamoDBProxyServer dynamoDb = ServerRunner.createServerFromCommandLineArgs(args);
        var field = DynamoDBProxyServer.class.getDeclaredField("server");
        field.setAccessible(true);
        Server server = (Server) field.get(dynamoDb);
        for (var connector : server.getConnectors()) ((ServerConnector) connector).setHost("127.0.0.1");
        server.setHandler(new Guard(server.getHandler()));
        dynamoDb.start();
        dynamoDb.join();
    }

    private static final class Guard extends Handler.Wrapper {
        private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

        Guard(Handler next) {
            super(next);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            String host = request.getHeaders().get(HttpHeader.HOST);
            String origin = request.getHeaders().get(HttpHeader.ORIGIN);
            String site = request.getHeaders().get("Sec-Fetch-Site");
            if (host != null && OURS.matcher(host).matches() && (origin == null || origin.equals("http://" + host)) && (site == null || OWN_SITES.contains(site)))
                return super.handle(request, response, callback);
            Response.writeError(request, response, callback, 403, "Only programs of this machine get an answer, at 127.0.0.1 or localhost.");
            return true;
        }
    }
}
