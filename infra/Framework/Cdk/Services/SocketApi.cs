using Amazon.CDK;
using Amazon.CDK.AWS.Apigatewayv2;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Constructs;

namespace ServerlessCqrs.Cdk.Services;

/// <summary>
/// A WebSocket API whose function gets every event, and whose answer to a message goes back to the socket. It has no access
/// logs: those of WebSocket APIs need a role that is one for the whole account (API Gateway Developer Guide, "Configure
/// logging for a WebSocket API").
/// </summary>
public sealed class SocketApi : Construct
{
    private const string Messages = "$default";

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
            // No message has it: all are of the default route.
            RouteSelectionExpression = "$request.body.route",
        });
    }

    public string HostName => $"{_api.Ref}.execute-api.{Stack.Of(this).Region}.amazonaws.com";

    /// <summary>Where the function reaches sockets.</summary>
    public string ConnectionsUrl => $"https://{HostName}{_live.Path}";

    /// <summary>Of posts and of closing (API Gateway Developer Guide, "Use @connections commands in your backend service").</summary>
    public IEnumerable<string> ConnectionArns => new[] { "POST", "DELETE" }.Select(method => ArnOf($"{_live.Stage}/{method}/@connections/*"));

    /// <summary>Sends all events to the function. It stands after the edge, which the function has settings of.</summary>
    public void SendTo(ProgramFunction function)
    {
        var stack = Stack.Of(this);
        var integration = new CfnIntegration(this, "Integration", new CfnIntegrationProps
        {
            ApiId = _api.Ref,
            IntegrationType = "AWS_PROXY",
            IntegrationUri = $"arn:{stack.Partition}:apigateway:{stack.Region}:lambda:path/2015-03-31/functions/{function.Function.FunctionArn}/invocations",
        });
        List<CfnRoute> routes = [.. new[] { "$connect", "$disconnect", Messages }.Select(route => Route(route, integration))];
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
        // A stage deploys the routes that are there.
        foreach (var route in routes) stage.AddDependency(route);
        function.Function.AddPermission("Sockets", new Permission
        {
            Principal = new ServicePrincipal("apigateway.amazonaws.com"),
            SourceArn = ArnOf($"{_live.Stage}/*"),
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
