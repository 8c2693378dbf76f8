using Amazon.Kinesis.Model;
using ServerlessCqrs.Aws.Reliable;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Sending;

/// <summary>
/// Sends commands to Kinesis with their stream as partition key, in as few calls as the writer's <see
/// cref="RecordOrder"/> allows.
/// </summary>
public sealed class KinesisCommandStream(KinesisRecordWriter writer, WireContracts contracts) : ICommandStream
{
    public Task PutAsync(IReadOnlyList<CommandRecord> commands, CancellationToken ct) => writer.WriteAsync(
        [.. commands.Select(command => new PutRecordsRequestEntry { Data = new MemoryStream(CommandJson.Write(contracts, command)), PartitionKey = command.Stream.ToString() })],
        ct);
}
