using Amazon.CDK;
using Amazon.CDK.AWS.SecretsManager;
using Constructs;

namespace ServerlessCqrs.Cdk.Services;

/// <summary>
/// The secret that CloudFront sends to the services, so that nobody bypasses CloudFront. A higher number rotates it.
/// The services also accept the previous and the next secret: CloudFormation updates services and distribution in any
/// order, and rolls them back in any order.
/// </summary>
public sealed class EdgeSecret : Construct
{
    public EdgeSecret(Construct scope, DeploymentOptions options)
        : base(scope, "EdgeSecret")
    {
        var accepted = new[] { options.EdgeSecret - 1, options.EdgeSecret, options.EdgeSecret + 1 }
            .Where(number => number > 0)
            .ToDictionary(number => number, Create);
        Arns = [.. accepted.Values.Select(secret => secret.SecretArn)];
        Value = accepted[options.EdgeSecret].SecretValue.UnsafeUnwrap();
    }

    /// <summary>The secrets that the services accept, oldest first.</summary>
    public IReadOnlyList<string> Arns { get; }

    /// <summary>
    /// A reference to the secret that CloudFront sends. CloudFormation resolves it during the deployment.
    /// </summary>
    public string Value { get; }

    private Secret Create(int number) => new(this, $"Secret{number}", new SecretProps
    {
        Description = "Shown by CloudFront to the services",
        GenerateSecretString = new SecretStringGenerator { PasswordLength = 40, ExcludePunctuation = true },
        RemovalPolicy = RemovalPolicy.DESTROY,
    });
}
