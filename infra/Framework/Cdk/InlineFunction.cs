using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using Constructs;

namespace ServerlessCqrs.Cdk;

/// <summary>
/// A short JavaScript function that AWS itself calls. Its code is in the template: no package, and a negligible cold
/// start.
/// </summary>
public sealed class InlineFunction : Construct
{
    internal static Runtime Runtime => new("nodejs22.x", RuntimeFamily.NODEJS, new LambdaRuntimeProps { SupportsInlineCode = true });

    public InlineFunction(Construct scope, string id, string code, IReadOnlyDictionary<string, string> environment, DeploymentOptions options)
        : base(scope, id)
    {
        var logs = new LogGroup(this, "Logs", new LogGroupProps { Retention = options.LogRetention(), RemovalPolicy = RemovalPolicy.DESTROY });
        var role = new Role(this, "Role", new RoleProps { AssumedBy = new ServicePrincipal("lambda.amazonaws.com") });
        logs.GrantWrite(role);
        Function = new Function(this, "Function", new FunctionProps
        {
            Runtime = Runtime,
            Architecture = Architecture.ARM_64,
            Handler = "index.handler",
            Code = Code.FromInline(code),
            MemorySize = 128,
            Timeout = Duration.Seconds(5),
            Role = role,
            LogGroup = logs,
            LoggingFormat = LoggingFormat.JSON,
            Tracing = Tracing.ACTIVE,
            Environment = new Dictionary<string, string>(environment),
        });
    }

    public Function Function { get; }
}
