using System.Globalization;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;

namespace ServerlessCqrs.Aws.Specs.Reliable;

/// <summary>A stream of one shard with chosen failures.</summary>
internal sealed class FakeKinesis : IAmazonKinesis
{
    private readonly Func<int, PutRecordsRequestEntry, bool> _fails;

    /// <param name="fails">Returns true if a record fails, by the zero-based number of the call.</param>
    public FakeKinesis(Func<int, PutRecordsRequestEntry, bool>? fails = null) => _fails = fails ?? ((_, _) => false);

    public List<IReadOnlyList<PutRecordsRequestEntry>> Calls { get; } = [];

    /// <summary>The records of the shard, in order.</summary>
    public List<PutRecordsRequestEntry> Landed { get; } = [];

    public IClientConfig Config => throw new NotSupportedException();

    public Task<PutRecordsResponse> PutRecordsAsync(PutRecordsRequest request, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var call = Calls.Count;
        Calls.Add(request.Records!);
        return Task.FromResult(new PutRecordsResponse { Records = [.. request.Records!.Select(record => Put(call, record))] });
    }

    private PutRecordsResultEntry Put(int call, PutRecordsRequestEntry record)
    {
        if (_fails(call, record)) return new() { ErrorCode = "ProvisionedThroughputExceededException" };
        Landed.Add(record);
        return new() { ShardId = "shardId-0", SequenceNumber = Landed.Count.ToString(CultureInfo.InvariantCulture) };
    }

    public Task<CreateStreamResponse> CreateStreamAsync(CreateStreamRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<DescribeStreamSummaryResponse> DescribeStreamSummaryAsync(DescribeStreamSummaryRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ListShardsResponse> ListShardsAsync(ListShardsRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<GetShardIteratorResponse> GetShardIteratorAsync(GetShardIteratorRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<GetRecordsResponse> GetRecordsAsync(GetRecordsRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public void Dispose() { }
}
