using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Resources;

/// <summary>
/// Creates the topology's missing resources; a repeated run changes nothing. After the restart of an in-memory emulator
/// (queues and topics) it creates the lost ones under the same names.
/// </summary>
public sealed class ResourceCreation(AwsClients aws)
{
    /// <exception cref="Amazon.Runtime.AmazonServiceException">A service refused a creation, and not because the
    /// resource exists.</exception>
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

    /// <summary>Creates only topics, queues and subscriptions, which an in-memory emulator loses.</summary>
    public async Task<(IReadOnlyDictionary<string, string> Topics, IReadOnlyDictionary<string, CreatedQueue> Queues)> CreateMessagingAsync(
        IReadOnlyList<Queue> queues,
        CancellationToken ct)
    {
        var creation = new MessagingCreation(aws.Sns, aws.Sqs);
        return await creation.CreateAsync(queues, ct);
    }
}
