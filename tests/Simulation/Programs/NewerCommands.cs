using System.Text;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using ServerlessCqrs.Lambda;

namespace ServerlessCqrs.Simulation.Programs;

/// <summary>Version 2 of a command, as if the newest release had one: its command service writes it, its consumer reads it, and the consumer of the release before has never heard of it.</summary>
internal static class NewerCommands
{
    private const string First = "\"type\":\"AdjustInventory\",\"typeVersion\":1,";
    private const string Second = "\"type\":\"AdjustInventory\",\"typeVersion\":2,";

    public static bool IsSecond(ReadOnlyMemory<byte> data) => data.Span.IndexOf(Encoding.UTF8.GetBytes(Second)) >= 0;

    private static byte[] Replace(ReadOnlySpan<byte> data, string old, string @new) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(data).Replace(old, @new, StringComparison.Ordinal));

    internal sealed class Writer(IAmazonKinesis inner) : Rewritten(inner, data => Replace(data, First, Second));

    /// <summary>Puts each record with other bytes.</summary>
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
            inner.HandleAsync([.. records.Select(record => IsSecond(record.Data) ? record with { Data = Replace(record.Data.Span, Second, First) } : record)], context, ct);
    }
}
