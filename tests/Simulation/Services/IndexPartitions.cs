using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.Simulation.Machinery;

namespace ServerlessCqrs.Simulation.Services;

/// <summary>
/// The partitions of DynamoDB's indexes: each takes so many writes a second, and refuses the write to the table beyond
/// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/gsi-throttling.html).
/// </summary>
internal sealed class IndexPartitions(Simulator simulator, Dice dice)
{
    // DynamoDB's take 1,000; a world of few products never gets there.
    private const int WritesInASecond = 2;

    private readonly Dictionary<string, Queue<long>> _writes = [];

    /// <summary>Whether one of them is too hot for another write of this item; else the write is counted.</summary>
    public bool Refuse(SimTable table, Dictionary<string, AttributeValue> item)
    {
        List<Queue<long>> partitions = [.. table.IndexPartitionsOf(item).Select(WritesTo)];
        if (partitions.Exists(writes => writes.Count >= WritesInASecond) && dice.Happens($"{table.Name}.hot-index", 1)) return true;
        foreach (var writes in partitions) writes.Enqueue(simulator.Now);
        return false;
    }

    /// <summary>When a partition was written to within the last second.</summary>
    private Queue<long> WritesTo(string partition)
    {
        if (!_writes.TryGetValue(partition, out var writes)) _writes.Add(partition, writes = []);
        while (writes.TryPeek(out var at) && simulator.Now - at >= TimeSpan.TicksPerSecond) writes.Dequeue();
        return writes;
    }
}
