using Amazon.CDK;
using Amazon.CDK.AWS.SecretsManager;
using Constructs;

namespace ServerlessCqrs.Cdk.Services;

/// <summary>
/// The secret that CloudFront sends to the services, so that nobody bypasses it. Its number rises to rotate it. The
/// services accept the one before and the next one too: CloudFormation updates them and the distribution in any order,
/// and takes an update back in any order.
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

    /// <summary>Those that the services accept, the oldest first.</summary>
    public IReadOnlyList<string> Arns { get; }

    /// <summary>A reference to the one that CloudFront sends. CloudFormation resolves it while it deploys.</summary>
    public string Value { get; }

    private Secret Create(int number) => new(this, $"Secret{number}", new SecretProps
    {
        Description = "Shown by CloudFront to the services",
        GenerateSecretString = new SecretStringGenerator { PasswordLength = 40, ExcludePunctuation = true },
        RemovalPolicy = RemovalPolicy.DESTROY,
    });
}
