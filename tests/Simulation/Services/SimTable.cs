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

    /// <summary>The sort keys of the table and of its indexes, where they are texts.</summary>
    public IReadOnlyList<string> SortKeys { get; } =
        [.. (topology.Indexes ?? []).Select(index => index.SortKey).Append(topology.SortKey).OfType<KeyAttribute>().Where(key => key.Type == "S").Select(key => key.Name)];

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
        if (name is null) return All.OrderBy(item => item, InOrderOf(null));
        var index = IndexOf(name);
        return _items.Values
            .Select(entry => isBehind() ? entry.Before : entry.Now)
            .OfType<Item>()
            .Where(item => item.ContainsKey(index.PartitionKey.Name) && item.ContainsKey(index.SortKey.Name))
            .OrderBy(item => item, InOrderOf(name));
    }

    /// <summary>The order of the table's sort key or an index's. Where that is the same, by the item's key.</summary>
    /// <param name="name">Of an index; null for the table itself.</param>
    public IComparer<Item> InOrderOf(string? name)
    {
        var sort = name is null ? topology.SortKey?.Name : IndexOf(name).SortKey.Name;
        return Comparer<Item>.Create((one, other) =>
            sort is not null && Order.Compare(one[sort], other[sort]) is not 0 and var order ? order : string.CompareOrdinal(KeyOf(one), KeyOf(other)));
    }

    /// <summary>What of an item tells where a page ended: the keys of the table and of the index.</summary>
    /// <param name="name">Of an index; null for the table itself.</param>
    public Item PlaceOf(string? name, Item item) => ((KeyAttribute?[])[topology.PartitionKey, topology.SortKey, .. name is null ? [] : (KeyAttribute[])[IndexOf(name).PartitionKey, IndexOf(name).SortKey]])
        .OfType<KeyAttribute>()
        .DistinctBy(key => key.Name)
        .ToDictionary(key => key.Name, key => item[key.Name]);

    /// <summary>The partitions of the indexes that have the item.</summary>
    public IEnumerable<string> IndexPartitionsOf(Item item) =>
        from index in topology.Indexes ?? []
        where item.ContainsKey(index.PartitionKey.Name) && item.ContainsKey(index.SortKey.Name)
        select $"{Name}/{index.Name}/{item[index.PartitionKey.Name].S}";

    private TableIndex IndexOf(string name) => topology.Indexes!.Single(index => index.Name == name);
}
