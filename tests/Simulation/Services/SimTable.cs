using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.Topology;

using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace ServerlessCqrs.Simulation.Services;

/// <summary>The items of one table by their key.</summary>
public sealed class SimTable(Table topology)
{
    private static readonly Comparer<AttributeValue> Order = Comparer<AttributeValue>.Create(DynamoExpressions.Compare);

    private readonly Dictionary<string, (Item Now, Item? Before)> _items = [];

    public string Name => topology.Name;

    /// <summary>The text sort keys of the table and its indexes.</summary>
    public IReadOnlyList<string> SortKeys { get; } =
        [.. (topology.Indexes ?? []).Select(index => index.SortKey).Append(topology.SortKey).OfType<KeyAttribute>().Where(key => key.Type == "S").Select(key => key.Name)];

    /// <summary>Called at each write with the old and the new item.</summary>
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

    /// <summary>
    /// Returns the items in the order of their sort key. An index contains each item that has its key, in the latest
    /// state, or in the previous one if <paramref name="isBehind"/> returns true.
    /// </summary>
    /// <param name="name">The name of an index, or null for the table.</param>
    public IEnumerable<Item> Sorted(string? name, Func<bool> isBehind)
    {
        if (name is null) return All.OrderBy(item => item, InOrderOf(null));
        var index = IndexOf(name);
        return _items.Values
            .Select(entry => isBehind() ? entry.Before : entry.Now)
            .OfType<Item>()
            .Where(item => item.ContainsKey(index.PartitionKey.Name) && item.ContainsKey(index.SortKey.Name))
            .OrderBy(item => item, InOrderOf(name));
    }

    /// <summary>Compares by the sort key of the table or an index, and by the item's key for equal ones.</summary>
    /// <param name="name">The name of an index, or null for the table.</param>
    public IComparer<Item> InOrderOf(string? name)
    {
        var sort = name is null ? topology.SortKey?.Name : IndexOf(name).SortKey.Name;
        return Comparer<Item>.Create((one, other) =>
            sort is not null && Order.Compare(one[sort], other[sort]) is not 0 and var order ? order : string.CompareOrdinal(KeyOf(one), KeyOf(other)));
    }

    /// <summary>Returns the keys of the table and of the index, which mark the end of a page.</summary>
    /// <param name="name">The name of an index, or null for the table.</param>
    public Item PlaceOf(string? name, Item item) => ((KeyAttribute?[])[topology.PartitionKey, topology.SortKey, .. name is null ? [] : (KeyAttribute[])[IndexOf(name).PartitionKey, IndexOf(name).SortKey]])
        .OfType<KeyAttribute>()
        .DistinctBy(key => key.Name)
        .ToDictionary(key => key.Name, key => item[key.Name]);

    /// <summary>Returns the index partitions that contain the item.</summary>
    public IEnumerable<string> IndexPartitionsOf(Item item) =>
        from index in topology.Indexes ?? []
        where item.ContainsKey(index.PartitionKey.Name) && item.ContainsKey(index.SortKey.Name)
        select $"{Name}/{index.Name}/{item[index.PartitionKey.Name].S}";

    private TableIndex IndexOf(string name) => topology.Indexes!.Single(index => index.Name == name);
}
