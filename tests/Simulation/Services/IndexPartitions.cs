using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.Simulation.Machinery;

namespace ServerlessCqrs.Simulation.Services;

/// <summary>
/// The partitions of DynamoDB's indexes. Each accepts a number of writes a second, and refuses further writes to the
/// table (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/gsi-throttling.html).
/// </summary>
internal sealed class IndexPartitions(Simulator simulator, Dice dice)
{
    // DynamoDB accepts 1,000, which a world of few products never reaches.
    private const int WritesInASecond = 2;

    private readonly Dictionary<string, Queue<long>> _writes = [];

    /// <summary>
    /// Returns true if a partition refuses another write of this item. Otherwise it counts the write.
    /// </summary>
    public bool Refuse(SimTable table, Dictionary<string, AttributeValue> item)
    {
        List<Queue<long>> partitions = [.. table.IndexPartitionsOf(item).Select(WritesTo)];
        if (partitions.Exists(writes => writes.Count >= WritesInASecond) && dice.Happens($"{table.Name}.hot-index", 1)) return true;
        foreach (var writes in partitions) writes.Enqueue(simulator.Now);
        return false;
    }

    /// <summary>Returns the times of a partition's writes within the last second.</summary>
    private Queue<long> WritesTo(string partition)
    {
        if (!_writes.TryGetValue(partition, out var writes)) _writes.Add(partition, writes = []);
        while (writes.TryPeek(out var at) && simulator.Now - at >= TimeSpan.TicksPerSecond) writes.Dequeue();
        return writes;
    }
}
