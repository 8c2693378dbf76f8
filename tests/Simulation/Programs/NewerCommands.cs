using System.Text;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Programs;

/// <summary>
/// Version 2 of one command, and a command with a new name, as if the latest release had added them. The latest command
/// service writes them, and the latest consumer reads them. The previous release's consumer does not know them.
/// </summary>
internal static class NewerCommands
{
    // The latest consumer sees the known command with a space, so that a command that stays parked keeps its bytes.
    private static readonly (string Known, string Seen, string Newer)[] Kinds =
    [
        ("\"type\":\"AdjustInventory\",\"typeVersion\":1,", "\"type\":\"AdjustInventory\", \"typeVersion\":1,", "\"type\":\"AdjustInventory\",\"typeVersion\":2,"),
        ("\"type\":\"AddProductImage\",\"typeVersion\":1,", "\"type\":\"AddProductImage\", \"typeVersion\":1,", "\"type\":\"ShowProduct\",\"typeVersion\":1,"),
    ];

    /// <summary>True if the previous release does not know the command.</summary>
    public static bool IsNewer(ReadOnlyMemory<byte> data) => Array.Exists(Kinds, kind => data.Span.IndexOf(Encoding.UTF8.GetBytes(kind.Newer)) >= 0);

    /// <summary>Returns the record as the latest consumer reads it.</summary>
    private static byte[] See(ReadOnlySpan<byte> data) => Replace(data, kind => (kind.Newer, kind.Seen));

    private static byte[] Replace(ReadOnlySpan<byte> data, Func<(string Known, string Seen, string Newer), (string Old, string New)> texts) => Encoding.UTF8.GetBytes(
        Kinds.Select(texts).Aggregate(Encoding.UTF8.GetString(data), (text, one) => text.Replace(one.Old, one.New, StringComparison.Ordinal)));

    internal sealed class Writer(IAmazonKinesis inner) : Rewritten(inner, data => Replace(data, kind => (kind.Known, kind.Newer)));

    /// <summary>Shows the latest consumer what the previous one has parked.</summary>
    internal sealed class Tips(IStreamTips inner) : IStreamTips
    {
        public async Task<IReadOnlyDictionary<StreamId, StreamTip>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) =>
            (await inner.LoadAsync(streams, ct)).ToDictionary(entry => entry.Key, entry => With(entry.Value, See));

        public Task<bool> CommitAsync(StreamTip next, StreamTip? read, CancellationToken ct) => inner.CommitAsync(With(next, data => Replace(data, kind => (kind.Seen, kind.Newer))), read, ct);

        public IAsyncEnumerable<StreamTip> ScanAsync(CancellationToken ct) => inner.ScanAsync(ct);

        private static StreamTip With(StreamTip tip, Rewrite rewrite) =>
            tip.Parked.Count == 0 ? tip : tip with { Parked = [.. tip.Parked.Select(record => record with { Data = rewrite(record.Data.Span) })] };

        private delegate byte[] Rewrite(ReadOnlySpan<byte> data);
    }

    /// <summary>Sends each record with rewritten bytes.</summary>
    internal class Rewritten(IAmazonKinesis inner, Func<byte[], byte[]> rewrite) : IAmazonKinesis
    {
        public IClientConfig Config => inner.Config;

        public Task<PutRecordsResponse> PutRecordsAsync(PutRecordsRequest request, CancellationToken cancellationToken = default) => inner.PutRecordsAsync(
            new PutRecordsRequest
            {
                StreamName = request.StreamName,
                Records = [.. request.Records!.Select(record => new PutRecordsRequestEntry { PartitionKey = record.PartitionKey, Data = new MemoryStream(rewrite(record.Data!.ToArray())) })],
            },
            cancellationToken);

        public Task<DescribeStreamSummaryResponse> DescribeStreamSummaryAsync(DescribeStreamSummaryRequest request, CancellationToken cancellationToken = default) => inner.DescribeStreamSummaryAsync(request, cancellationToken);

        public Task<CreateStreamResponse> CreateStreamAsync(CreateStreamRequest request, CancellationToken cancellationToken = default) => inner.CreateStreamAsync(request, cancellationToken);

        public Task<ListShardsResponse> ListShardsAsync(ListShardsRequest request, CancellationToken cancellationToken = default) => inner.ListShardsAsync(request, cancellationToken);

        public Task<GetShardIteratorResponse> GetShardIteratorAsync(GetShardIteratorRequest request, CancellationToken cancellationToken = default) => inner.GetShardIteratorAsync(request, cancellationToken);

        public Task<GetRecordsResponse> GetRecordsAsync(GetRecordsRequest request, CancellationToken cancellationToken = default) => inner.GetRecordsAsync(request, cancellationToken);

        public void Dispose() => inner.Dispose();
    }

    internal sealed class Reader(IKinesisBatchHandler inner) : IKinesisBatchHandler
    {
        public Task<string?> HandleAsync(IReadOnlyList<KinesisRecord> records, InvocationContext context, CancellationToken ct) =>
            inner.HandleAsync([.. records.Select(record => IsNewer(record.Data) ? record with { Data = See(record.Data.Span) } : record)], context, ct);
    }
}
