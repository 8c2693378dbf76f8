using Amazon.Runtime;

namespace Amazon.SecretsManager.Model;

public sealed class GetSecretValueResponse : AmazonWebServiceResponse
{
    public string? ARN { get; set; }

    public string? Name { get; set; }

    public string? VersionId { get; set; }

    /// <summary>Null if the secret is text.</summary>
    public MemoryStream? SecretBinary { get; set; }

    /// <summary>Null if the secret is binary.</summary>
    public string? SecretString { get; set; }

    public List<string>? VersionStages { get; set; }

    public DateTime? CreatedDate { get; set; }
}
