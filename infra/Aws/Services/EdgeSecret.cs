using Amazon.CDK;
using Amazon.CDK.AWS.SecretsManager;
using Amazon.CDK.AwsApigatewayv2Authorizers;
using Constructs;

namespace ServerlessCqrs.Deployment.Services;

/// <summary>What CloudFront shows to the API, so that nobody goes around it. Its number rises to rotate it; the one before is still taken, so that no request fails meanwhile.</summary>
public sealed class EdgeSecret : Construct
{
    public const string Header = "Shop-Edge-Secret";

    public EdgeSecret(Construct scope, DeploymentOptions options)
        : base(scope, "EdgeSecret")
    {
        var taken = new Dictionary<string, string>();
        foreach (var number in new[] { options.EdgeSecret - 1, options.EdgeSecret }.Where(number => number > 0))
        {
            var secret = new Secret(this, $"Secret{number}", new SecretProps
            {
                Description = "Shown by CloudFront to the API",
                GenerateSecretString = new SecretStringGenerator { PasswordLength = 40, ExcludePunctuation = true },
                RemovalPolicy = RemovalPolicy.DESTROY,
            });
            Value = secret.SecretValue.UnsafeUnwrap();
            taken[$"EDGE_SECRET_{number}"] = Value;
        }

        var check = new InlineFunction(this, "EdgeOnly", "EdgeOnly.js", taken, options);
        Authorizer = new HttpLambdaAuthorizer("EdgeOnly", check.Function, new HttpLambdaAuthorizerProps
        {
            ResponseTypes = [HttpLambdaResponseType.SIMPLE],
            IdentitySource = [$"$request.header.{Header}"],
            // An answer is kept by the header's value, so the function hardly ever runs. An hour is the most.
            ResultsCacheTtl = Duration.Hours(1),
        });
    }

    /// <summary>A reference that CloudFormation resolves while it deploys.</summary>
    public string Value { get; } = "";

    public HttpLambdaAuthorizer Authorizer { get; }
}
