using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Operating.Stacks;

/// <summary>The names of the topology's parts in a stack.</summary>
/// <param name="Tables">DynamoDB table names by topology name.</param>
/// <param name="QueueUrls">Queue URLs by topology name, including dead letter queues. SQS is asked for the URL of a
/// missing one.</param>
public sealed record StackNames(
    string CommandStream,
    IReadOnlyDictionary<string, string> Tables,
    IReadOnlyDictionary<string, string> QueueUrls)
{
    /// <summary>Returns the names in a local stack: the topology's own.</summary>
    public static StackNames InLocalStack(SystemTopology topology) => new(
        topology.Commands.Name,
        topology.Tables.ToDictionary(table => table.Name, table => table.Name),
        new Dictionary<string, string>());

    public string this[Table table] => Tables[table.Name];
}
