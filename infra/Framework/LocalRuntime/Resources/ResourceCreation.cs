using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Resources;

/// <summary>
/// Creates what the topology names, where it is missing: to run it again changes nothing, and after a restart of an emulator that forgets
/// (queues and topics live in its memory) it makes the same again under the same names.
/// </summary>
public sealed class ResourceCreation(AwsClients aws)
{
    /// <exception cref="Amazon.Runtime.AmazonServiceException">A service refused for another reason than that the thing exists.</exception>
    public async Task<CreatedResources> CreateAsync(
        IReadOnlyList<Table> tables,
        IReadOnlyList<Queue> queues,
        IReadOnlyList<EventStream> streams,
        CancellationToken ct)
    {
        var tablesDone = new TableCreation(aws.DynamoDb).CreateAsync(tables, ct);
        var streamsDone = new StreamCreation(aws.Kinesis).CreateAsync(streams, ct);
        var (topics, created) = await CreateMessagingAsync(queues, ct);
        await tablesDone;
        return new CreatedResources(topics, created, await streamsDone);
    }

    /// <summary>Topics, queues and subscriptions alone: what an emulator in memory loses.</summary>
    public async Task<(IReadOnlyDictionary<string, string> Topics, IReadOnlyDictionary<string, CreatedQueue> Queues)> CreateMessagingAsync(
        IReadOnlyList<Queue> queues,
        CancellationToken ct)
    {
        var creation = new MessagingCreation(aws.Sns, aws.Sqs);
        return await creation.CreateAsync(queues, ct);
    }
}
