using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Resources;

/// <summary>
/// Creates provisioned Kinesis streams and returns when all are active. An existing stream keeps its shards.
/// </summary>
internal sealed class StreamCreation(IAmazonKinesis kinesis)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public async Task<IReadOnlyDictionary<string, CreatedStream>> CreateAsync(IReadOnlyList<EventStream> streams, CancellationToken ct)
    {
        var created = new Dictionary<string, CreatedStream>();
        foreach (var stream in streams)
            created[stream.Name] = await CreateAsync(stream, ct);
        return created;
    }

    private async Task<CreatedStream> CreateAsync(EventStream stream, CancellationToken ct)
    {
        try
        {
            await kinesis.CreateStreamAsync(new CreateStreamRequest { StreamName = stream.Name, ShardCount = stream.Shards }, ct);
        }
        catch (ResourceInUseException)
        {
            // It already exists.
        }

        while (true)
        {
            var summary = (await kinesis.DescribeStreamSummaryAsync(new DescribeStreamSummaryRequest { StreamName = stream.Name }, ct)).StreamDescriptionSummary;
            if (summary?.StreamStatus == StreamStatus.ACTIVE)
                return new CreatedStream(summary.StreamARN!, summary.StreamCreationTimestamp ?? DateTime.UnixEpoch);
            await Task.Delay(Look, ct);
        }
    }
}
