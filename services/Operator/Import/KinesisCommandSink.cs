using Amazon.Kinesis.Model;
using ServerlessCqrs.Aws.Reliable;
using ServerlessCqrs.EventStore;

namespace ServerlessCqrs.Operator.Import;

/// <summary>The command stream on Kinesis. An import has one command a product, so nothing is asked of the order.</summary>
public sealed class KinesisCommandSink(KinesisRecordWriter writer) : ICommandSink
{
    public Task PutAsync(IReadOnlyList<CommandRecord> commands, CancellationToken ct) => writer.WriteAsync(
        [.. commands.Select(command => new PutRecordsRequestEntry { Data = new MemoryStream(CommandJson.Write(command)), PartitionKey = command.Stream.ToString() })],
        ct);
}
