using Amazon.CDK;
using Amazon.CDK.AWS.SecretsManager;
using Constructs;

namespace ServerlessCqrs.Deployment.Services;

/// <summary>What CloudFront shows to the services, so that nobody goes around it. Its number rises to rotate it; the one before still counts, so that no request fails meanwhile.</summary>
public sealed class EdgeSecret : Construct
{
    public const string Header = "Shop-Edge-Secret";

    public EdgeSecret(Construct scope, DeploymentOptions options)
        : base(scope, "EdgeSecret")
    {
        List<Secret> counting = [.. new[] { options.EdgeSecret - 1, options.EdgeSecret }.Where(number => number > 0).Select(Create)];
        Arns = [.. counting.Select(secret => secret.SecretArn)];
        Value = counting[^1].SecretValue.UnsafeUnwrap();
    }

    /// <summary>Of those that count, the newest last.</summary>
    public IReadOnlyList<string> Arns { get; }

    /// <summary>A reference to the newest that CloudFormation resolves while it deploys.</summary>
    public string Value { get; }

    private Secret Create(int number) => new(this, $"Secret{number}", new SecretProps
    {
        Description = "Shown by CloudFront to the services",
        GenerateSecretString = new SecretStringGenerator { PasswordLength = 40, ExcludePunctuation = true },
        RemovalPolicy = RemovalPolicy.DESTROY,
    });
}
