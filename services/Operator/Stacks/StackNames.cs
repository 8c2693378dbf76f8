using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Operator.Stacks;

/// <summary>What the parts of the topology are called where a stack runs.</summary>
/// <param name="Tables">By their names in the topology.</param>
/// <param name="QueueUrls">By their names in the topology, dead letters too; one that is missing is asked for by that name.</param>
public sealed record StackNames(
    string CommandStream,
    IReadOnlyDictionary<string, string> Tables,
    IReadOnlyDictionary<string, string> QueueUrls)
{
    /// <summary>As the topology itself calls them: on this machine.</summary>
    public static StackNames Own { get; } = new(
        ShopTopology.Commands.Name,
        ShopTopology.Tables.ToDictionary(table => table.Name, table => table.Name),
        new Dictionary<string, string>());

    public string this[Table table] => Tables[table.Name];
}
