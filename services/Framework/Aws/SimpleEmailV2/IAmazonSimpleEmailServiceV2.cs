using Amazon.Runtime;
using Amazon.SimpleEmailV2.Model;

namespace Amazon.SimpleEmailV2;

/// <summary>
/// SES, version 2: the operations that we use. Names are those of the official package. Source:
/// https://docs.aws.amazon.com/ses/latest/APIReference-V2/
/// </summary>
public interface IAmazonSimpleEmailServiceV2 : IAmazonService, IDisposable
{
    /// <summary>Starts the verification of a sender's address or domain.</summary>
    Task<CreateEmailIdentityResponse> CreateEmailIdentityAsync(CreateEmailIdentityRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Has no idempotency key. After a timeout the mail may have been sent, and the SDK's retry may send it twice.
    /// </summary>
    Task<SendEmailResponse> SendEmailAsync(SendEmailRequest request, CancellationToken cancellationToken = default);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonSimpleEmailServiceV2Config();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonSimpleEmailServiceV2Client(awsCredentials, (AmazonSimpleEmailServiceV2Config)clientConfig);
}
