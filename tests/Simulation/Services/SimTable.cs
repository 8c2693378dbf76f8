using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.Topology;

using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace ServerlessCqrs.Simulation.Services;

/// <summary>The items of one table, by their key.</summary>
public sealed class SimTable(Table topology)
{
    private static readonly Comparer<AttributeValue> Order = Comparer<AttributeValue>.Create(DynamoExpressions.Compare);

    private readonly Dictionary<string, (Item Now, Item? Before)> _items = [];

    public string Name => topology.Name;

    /// <summary>Called with what an item was and what it is now, at the moment of the write.</summary>
    public Action<Item?, Item> Changed { get; set; } = (_, _) => { };

    public IEnumerable<Item> All => _items.Values.Select(entry => entry.Now);

    public string KeyOf(Item item) => topology.SortKey is { } sort ? $"{item[topology.PartitionKey.Name].S}/{item[sort.Name].S}" : item[topology.PartitionKey.Name].S;

    public Item? Find(string key) => _items.TryGetValue(key, out var entry) ? entry.Now : null;

    public void Put(Item item)
    {
        var key = KeyOf(item);
        var before = Find(key);
        _items[key] = (item, before);
        Changed(before, item);
    }

    public void Delete(string key) => _items.Remove(key);

    /// <summary>The items in the order of their sort key. An index has each item that has its key, in the newest state or, where <paramref name="isBehind"/> says so, in the one before.</summary>
    /// <param name="name">Of an index; null for the table itself.</param>
    public IEnumerable<Item> Sorted(string? name, Func<bool> isBehind)
    {
        if (name is null) return All.OrderBy(item => item[topology.SortKey!.Name], Order);
        var index = topology.Indexes!.Single(index => index.Name == name);
        return _items.Values
            .Select(entry => isBehind() ? entry.Before : entry.Now)
            .OfType<Item>()
            .Where(item => item.ContainsKey(index.PartitionKey.Name) && item.ContainsKey(index.SortKey.Name))
            .OrderBy(item => item[index.SortKey.Name], Order);
    }
}
