using Amazon.CDK;
using Amazon.CDK.AWS.Apigatewayv2;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AwsApigatewayv2Authorizers;
using Amazon.CDK.AwsApigatewayv2Integrations;
using Constructs;
using ServerlessCqrs.Topology;
using HttpMethod = Amazon.CDK.AWS.Apigatewayv2.HttpMethod;

namespace ServerlessCqrs.Cdk.Services;

/// <summary>
/// An HTTP API that routes by method. Writes and private reads need a token of the user pool. The services themselves
/// check that requests come from the edge.
/// </summary>
public sealed class Gateway : Construct
{
    private const string Everything = "/{proxy+}";

    private static readonly HttpNoneAuthorizer Anybody = new();

    private readonly HttpRouteIntegration _queries;
    private readonly HttpRouteIntegration _commands;

    public Gateway(ServicesStack stack, ProgramFunction queryApi, ProgramFunction commandApi)
        : base(stack, "Gateway")
    {
        _queries = new HttpLambdaIntegration("Queries", queryApi.Function);
        _commands = new HttpLambdaIntegration("Commands", commandApi.Function);
        var (system, rules, identity) = (stack.System, stack.System.Edge, stack.Data.Identity);
        var token = new HttpJwtAuthorizer("Token", identity.Issuer, new HttpJwtAuthorizerProps { JwtAudience = [identity.Client.UserPoolClientId] });

        Api = new HttpApi(this, "Api", new HttpApiProps
        {
            Description = $"The {system.Name}'s API, {stack.Options.Name}",
            CreateDefaultStage = false,
            CorsPreflight = stack.Options.CorsOrigins.Count == 0 ? null : Browsers(rules, stack.Options.CorsOrigins),
        });
        Route(Everything, system.QueryApi.Methods, _queries, Anybody);
        foreach (var pattern in rules.PrivateReads) Route(PathOf(pattern), system.QueryApi.Methods, _queries, token);
        Route(Everything, system.CommandApi.Methods, _commands, token);
        foreach (var path in rules.ReadsByPost) Route(path, ["POST"], _queries, Anybody);
        foreach (var pattern in rules.OpenWrites) Route(PathOf(pattern), ["POST"], _commands, Anybody);
        CreateStage(system, stack.Options);
    }

    public HttpApi Api { get; }

    public string HostName => $"{Api.HttpApiId}.execute-api.{Stack.Of(this).Region}.amazonaws.com";

    /// <summary>A <c>*</c> at a pattern's end matches the rest of the path; elsewhere it matches one segment.</summary>
    private static string PathOf(string pattern) => (pattern.EndsWith("/*", StringComparison.Ordinal) ? $"{pattern[..^1]}{{proxy+}}" : pattern).Replace("*", "{id}", StringComparison.Ordinal);

    private void Route(string path, IEnumerable<string> methods, HttpRouteIntegration integration, IHttpRouteAuthorizer authorizer) => Api.AddRoutes(new AddRoutesOptions
    {
        Path = path,
        Methods = [.. methods.Select(Enum.Parse<HttpMethod>)],
        Integration = integration,
        Authorizer = authorizer,
    });

    private void CreateStage(SystemTopology system, DeploymentOptions options)
    {
        var logs = new LogGroup(this, "AccessLogs", new LogGroupProps { Retention = options.LogRetention(), RemovalPolicy = RemovalPolicy.DESTROY });
        var stage = new HttpStage(this, "Stage", new HttpStageProps
        {
            HttpApi = Api,
            StageName = "$default",
            AutoDeploy = true,
            Throttle = new ThrottleSettings { RateLimit = system.QueryApi.Throttle.RequestsPerSecond, BurstLimit = system.QueryApi.Throttle.Burst },
        });
        var raw = (CfnStage)stage.Node.DefaultChild!;
        // The log contains no paths: the path of an unsubscription contains its key.
        raw.AccessLogSettings = new CfnStage.AccessLogSettingsProperty
        {
            DestinationArn = logs.LogGroupArn,
            Format = """{"requestId":"$context.requestId","time":"$context.requestTimeEpoch","routeKey":"$context.routeKey","status":"$context.status","latencyMs":"$context.responseLatency","integrationLatencyMs":"$context.integrationLatency","bytes":"$context.responseLength","error":"$context.error.messageString","authorizerError":"$context.authorizer.error"}""",
        };
        raw.AddPropertyOverride("RouteSettings", system.CommandApi.Methods.ToDictionary(
            method => $"{method} {Everything}",
            object (_) => new Dictionary<string, object>
            {
                ["ThrottlingRateLimit"] = system.CommandApi.Throttle.RequestsPerSecond,
                ["ThrottlingBurstLimit"] = system.CommandApi.Throttle.Burst,
            }));
        // A stage accepts settings only for routes that exist.
        foreach (var route in Api.Node.FindAll().OfType<CfnRoute>()) raw.AddDependency(route);
    }

    private static CorsPreflightOptions Browsers(EdgeRules rules, IReadOnlyList<string> origins) => new()
    {
        AllowOrigins = [.. origins],
        AllowMethods = [CorsHttpMethod.GET, CorsHttpMethod.HEAD, CorsHttpMethod.POST, CorsHttpMethod.PUT, CorsHttpMethod.PATCH, CorsHttpMethod.DELETE],
        AllowHeaders = [.. rules.BrowserRequestHeaders],
        ExposeHeaders = [.. rules.BrowserResponseHeaders],
        MaxAge = Duration.Seconds(rules.BrowserRulesLive.TotalSeconds),
    };
}
