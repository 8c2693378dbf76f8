using Amazon.CDK;
using Amazon.CDK.AWS.Apigatewayv2;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Constructs;

namespace ServerlessCqrs.Cdk.Services;

/// <summary>
/// A WebSocket API that passes every event to one function and returns the function's answer to the socket. It has no access
/// logs: API Gateway would write them with a role of the whole account (API Gateway Developer Guide, "Configure logging for
/// WebSocket APIs in API Gateway"). The function checks who connects: browsers cannot send a header with a handshake, and
/// no token may stand in a URL.
/// </summary>
public sealed class SocketApi : Construct
{
    private const string Messages = "$default";

    private static readonly string[] Routes = ["$connect", "$disconnect", Messages];

    /// <summary>The longest that API Gateway waits ("Quotas for configuring and running a WebSocket in API Gateway").</summary>
    private const int LongestIntegrationMs = 29_000;

    private readonly Topology.WebSocketApi _live;
    private readonly CfnApi _api;

    public SocketApi(ServicesStack stack, Topology.WebSocketApi live)
        : base(stack, "Sockets")
    {
        _live = live;
        _api = new CfnApi(this, "Api", new CfnApiProps
        {
            Name = $"{stack.System.Name}-{stack.Options.Name}-{live.Name}",
            Description = $"Sockets of browsers, {stack.Options.Name}",
            ProtocolType = "WEBSOCKET",
            // No message has this field, so the default route gets all of them.
            RouteSelectionExpression = "$request.body.route",
        });
    }

    public string HostName => $"{_api.Ref}.execute-api.{Stack.Of(this).Region}.amazonaws.com";

    /// <summary>The URL through which the function reaches sockets.</summary>
    public string ConnectionsUrl => $"https://{HostName}{_live.Path}";

    /// <summary>The ARNs to post to a socket and to close it (API Gateway Developer Guide, "Control access to WebSocket APIs with AWS IAM authorization").</summary>
    public IEnumerable<string> ConnectionArns => new[] { "POST", "DELETE" }.Select(method => ArnOf($"{_live.Stage}/{method}/@connections/*"));

    /// <summary>
    /// Events that could not be passed to the function (API Gateway Developer Guide, "Monitor WebSocket API execution with
    /// CloudWatch metrics").
    /// </summary>
    public Metric Errors(MetricOptions options) => new(new MetricProps
    {
        Namespace = "AWS/ApiGateway",
        MetricName = "ExecutionError",
        DimensionsMap = new Dictionary<string, string> { ["ApiId"] = _api.Ref },
        Statistic = options.Statistic,
        Period = options.Period,
    });

    /// <summary>Passes all events to the function. Call it after the edge exists: the function has settings of the edge.</summary>
    public void SendTo(ProgramFunction function)
    {
        var stack = Stack.Of(this);
        var integration = new CfnIntegration(this, "Integration", new CfnIntegrationProps
        {
            ApiId = _api.Ref,
            IntegrationType = "AWS_PROXY",
            TimeoutInMillis = LongestIntegrationMs,
            IntegrationUri = $"arn:{stack.Partition}:apigateway:{stack.Region}:lambda:path/2015-03-31/functions/{function.Function.FunctionArn}/invocations",
        });
        List<CfnRoute> routes = [.. Routes.Select(route => Route(route, integration))];
        new CfnRouteResponse(this, "Answer", new CfnRouteResponseProps
        {
            ApiId = _api.Ref,
            RouteId = routes[^1].Ref,
            RouteResponseKey = "$default",
        });
        var stage = new CfnStage(this, "Stage", new CfnStageProps
        {
            ApiId = _api.Ref,
            StageName = _live.Stage,
            AutoDeploy = true,
            DefaultRouteSettings = new CfnStage.RouteSettingsProperty
            {
                ThrottlingRateLimit = _live.Throttle.RequestsPerSecond,
                ThrottlingBurstLimit = _live.Throttle.Burst,
            },
        });
        // A stage deploys only the routes that exist by then.
        foreach (var route in routes) stage.AddDependency(route);
        foreach (var route in Routes)
            function.Function.AddPermission(route, new Permission
            {
                Principal = new ServicePrincipal("apigateway.amazonaws.com"),
                SourceArn = ArnOf($"{_live.Stage}/{route}"),
            });
    }

    private CfnRoute Route(string key, CfnIntegration integration) => new(this, $"Route{key[1..]}", new CfnRouteProps
    {
        ApiId = _api.Ref,
        RouteKey = key,
        AuthorizationType = "NONE",
        Target = $"integrations/{integration.Ref}",
        RouteResponseSelectionExpression = key == Messages ? "$default" : null,
    });

    private string ArnOf(string path) => Stack.Of(this).FormatArn(new ArnComponents
    {
        Service = "execute-api",
        Resource = _api.Ref,
        ResourceName = path,
    });
}
