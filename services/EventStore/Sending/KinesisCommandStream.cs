using Amazon.Kinesis.Model;
using ServerlessCqrs.Aws.Reliable;

namespace ServerlessCqrs.EventStore.Sending;

/// <summary>Commands on Kinesis, under the partition key of their stream: Kinesis keeps each stream's commands in order. One call a command: a Lambda has one request at a time, so there is nothing to gather.</summary>
public sealed class KinesisCommandStream(KinesisRecordWriter writer) : ICommandStream
{
    public Task PutAsync(CommandRecord command, CancellationToken ct) => writer.WriteAsync(
        [new PutRecordsRequestEntry { Data = new MemoryStream(CommandJson.Write(command)), PartitionKey = command.Stream.ToString() }],
        ct);
}
