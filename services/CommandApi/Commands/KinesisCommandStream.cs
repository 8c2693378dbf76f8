using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using ServerlessCqrs.EventStore;

namespace ServerlessCqrs.CommandApi.Commands;

/// <summary>Commands on Kinesis, under the partition key of their stream: Kinesis keeps each stream's commands in order.</summary>
public sealed class KinesisCommandStream(
    IAmazonKinesis kinesis,
    string streamName) : ICommandStream
{
    public async Task PutAsync(CommandRecord command, CancellationToken ct)
    {
        var answer = await kinesis.PutRecordsAsync(
            new PutRecordsRequest
            {
                StreamName = streamName,
                Records = [new PutRecordsRequestEntry { Data = new MemoryStream(CommandJson.Write(command)), PartitionKey = command.Stream.ToString() }],
            },
            ct);
        if (answer.Records?.FirstOrDefault() is not { ErrorCode: null, SequenceNumber: not null })
            throw new AmazonKinesisException($"The record was not taken: {answer.Records?.FirstOrDefault()?.ErrorCode ?? "no answer"}.");
    }
}
