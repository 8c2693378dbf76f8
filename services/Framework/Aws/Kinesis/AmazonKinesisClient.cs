using Amazon.Kinesis.Model;
using Amazon.Runtime;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.Kinesis;

/// <summary>Thread-safe. Create one per process. Without credentials it uses the SDK's default chain.</summary>
public sealed class AmazonKinesisClient : WireClient, IAmazonKinesis
{
    public AmazonKinesisClient() : this(new AmazonKinesisConfig()) { }

    public AmazonKinesisClient(RegionEndpoint region) : this(new AmazonKinesisConfig { RegionEndpoint = region }) { }

    public AmazonKinesisClient(AmazonKinesisConfig config) : base(null, config) { }

    public AmazonKinesisClient(AWSCredentials credentials) : this(credentials, new AmazonKinesisConfig()) { }

    public AmazonKinesisClient(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonKinesisConfig { RegionEndpoint = region }) { }

    public AmazonKinesisClient(AWSCredentials credentials, AmazonKinesisConfig clientConfig) : base(credentials, clientConfig) { }

    public Task<CreateStreamResponse> CreateStreamAsync(CreateStreamRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(request, KinesisJson.Default.CreateStreamResponse, cancellationToken);

    public Task<DescribeStreamSummaryResponse> DescribeStreamSummaryAsync(DescribeStreamSummaryRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(request, KinesisJson.Default.DescribeStreamSummaryResponse, cancellationToken);

    public Task<ListShardsResponse> ListShardsAsync(ListShardsRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(request, KinesisJson.Default.ListShardsResponse, cancellationToken);

    public Task<GetShardIteratorResponse> GetShardIteratorAsync(GetShardIteratorRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(request, KinesisJson.Default.GetShardIteratorResponse, cancellationToken);

    public Task<GetRecordsResponse> GetRecordsAsync(GetRecordsRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(request, KinesisJson.Default.GetRecordsResponse, cancellationToken);

    public Task<PutRecordsResponse> PutRecordsAsync(PutRecordsRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(request, KinesisJson.Default.PutRecordsResponse, cancellationToken);
}
