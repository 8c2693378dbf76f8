using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operating.Verify;

/// <summary>Reads the command stream in Kinesis shard by shard, from the oldest record to now.</summary>
public sealed class KinesisCommandTrail(Domain domain, IAmazonKinesis kinesis, string stream, TimeProvider time) : ICommandTrail
{
    // Kinesis quotas: a shard returns at most 10,000 records per call and accepts five calls per second.
    private const int Limit = 1_000;

    // Kinesis' clock can differ slightly from this one. The read ends at a record that is younger than now plus this.
    private static readonly TimeSpan Leeway = TimeSpan.FromMilliseconds(200);

    public IAsyncEnumerable<PutCommand> ReadAsync(CancellationToken ct) => ReadRecordsAsync(ct).Select(kept => Read(kept.Source, kept.Record));

    /// <summary>Streams the raw records with the identity of their stream, as the write path uses it.</summary>
    public async IAsyncEnumerable<(string Source, ArrivedRecord Record)> ReadRecordsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var end = time.GetUtcNow() + Leeway;
        var source = await IdentityAsync(ct);
        foreach (var shard in await ShardsAsync(ct))
        {
            var iterator = (await kinesis.GetShardIteratorAsync(new GetShardIteratorRequest { StreamName = stream, ShardId = shard, ShardIteratorType = ShardIteratorType.TRIM_HORIZON }, ct)).ShardIterator;
            while (iterator is not null)
            {
                var page = await kinesis.GetRecordsAsync(new GetRecordsRequest { ShardIterator = iterator, Limit = Limit }, ct);
                var records = page.Records ?? [];
                foreach (var record in records)
                    yield return (source, new ArrivedRecord(record.SequenceNumber!, record.PartitionKey!, ArrivalOf(record), record.Data!.ToArray()));
                var atEnd = page.MillisBehindLatest is null or 0 && records.Count == 0 || records.Count > 0 && ArrivalOf(records[^1]) > end;
                iterator = atEnd ? null : page.NextShardIterator;
            }
        }
    }

    /// <summary>The identity that the write path uses in the ids of unreadable records.</summary>
    private async Task<string> IdentityAsync(CancellationToken ct)
    {
        var summary = (await kinesis.DescribeStreamSummaryAsync(new DescribeStreamSummaryRequest { StreamName = stream }, ct)).StreamDescriptionSummary!;
        var created = new DateTimeOffset(summary.StreamCreationTimestamp!.Value.ToUniversalTime()).ToUnixTimeMilliseconds();
        return string.Create(CultureInfo.InvariantCulture, $"{summary.StreamARN}@{created}");
    }

    private async Task<IReadOnlyList<string>> ShardsAsync(CancellationToken ct)
    {
        List<string> shards = [];
        var request = new ListShardsRequest { StreamName = stream };
        while (true)
        {
            var page = await kinesis.ListShardsAsync(request, ct);
            shards.AddRange((page.Shards ?? []).Select(shard => shard.ShardId!));
            if (page.NextToken is null) return shards;
            request = new ListShardsRequest { NextToken = page.NextToken };
        }
    }

    private PutCommand Read(string source, ArrivedRecord arrived)
    {
        var recorded = RecordedAs.Of(source, arrived, domain);
        return new PutCommand(recorded.Stream, recorded.CommandId, arrived.ArrivedAt, recorded.FormerId, recorded.IsUnreadable);
    }

    private static DateTimeOffset ArrivalOf(Record record) => new(record.ApproximateArrivalTimestamp!.Value.ToUniversalTime());
}
