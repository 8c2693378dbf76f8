using Amazon.Runtime;
using Amazon.SimpleEmailV2.Model;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.SimpleEmailV2;

/// <summary>Thread-safe. Create one per process. Without credentials it uses the SDK's default chain.</summary>
public sealed class AmazonSimpleEmailServiceV2Client : WireClient, IAmazonSimpleEmailServiceV2
{
    public AmazonSimpleEmailServiceV2Client() : this(new AmazonSimpleEmailServiceV2Config()) { }

    public AmazonSimpleEmailServiceV2Client(RegionEndpoint region)
        : this(new AmazonSimpleEmailServiceV2Config { RegionEndpoint = region }) { }

    public AmazonSimpleEmailServiceV2Client(AmazonSimpleEmailServiceV2Config config) : base(null, config) { }

    public AmazonSimpleEmailServiceV2Client(AWSCredentials credentials)
        : this(credentials, new AmazonSimpleEmailServiceV2Config()) { }

    public AmazonSimpleEmailServiceV2Client(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonSimpleEmailServiceV2Config { RegionEndpoint = region }) { }

    public AmazonSimpleEmailServiceV2Client(AWSCredentials credentials, AmazonSimpleEmailServiceV2Config clientConfig)
        : base(credentials, clientConfig) { }

    public Task<CreateEmailIdentityResponse> CreateEmailIdentityAsync(CreateEmailIdentityRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(request, SesJson.Default.CreateEmailIdentityResponse, cancellationToken);

    public Task<SendEmailResponse> SendEmailAsync(SendEmailRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(request, SesJson.Default.SendEmailResponse, cancellationToken);
}
