namespace Amazon.SecretsManager.Model;

public sealed class GetSecretValueRequest : AmazonSecretsManagerRequest
{
    /// <summary>The ARN, or the name of a secret in the same account.</summary>
    public string? SecretId { get; set; }

    public string? VersionId { get; set; }

    public string? VersionStage { get; set; }
}
