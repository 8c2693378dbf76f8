using System.Globalization;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Simulation.Checks;

/// <summary>A read model of one category: its stored items and the expected ones.</summary>
public abstract class ShownModel(string name, Table table, string category)
{
    public string Name => name;

    public Table Table => table;

    public string Category => category;

    /// <summary>The version of each stored item.</summary>
    public Dictionary<StreamId, long> Versions { get; } = [];

    /// <summary>Returns true if the stored attributes are those of the stream's fold at that version.</summary>
    public abstract bool IsTheFold(StreamTruth truth, long version, Dictionary<string, AttributeValue> stored);

    /// <summary>Returns what the stream's fold adds to an aggregate, or null for nothing.</summary>
    public abstract Contribution? AddsOf(StreamTruth truth);

    /// <summary>Returns the index entries of the stream's fold.</summary>
    public abstract IEnumerable<IndexEntry> EntriesOf(StreamTruth truth);
}

/// <inheritdoc/>
public sealed class ShownModel<TDocument>(string name, Table table, IProjection<TDocument> projection) : ShownModel(name, table, projection.Category)
    where TDocument : class
{
    private readonly Dictionary<StreamId, List<ReadModelItem<TDocument>>> _items = [];

    /// <summary>Returns the item at a version from 1 on.</summary>
    public ReadModelItem<TDocument> ItemAt(StreamTruth truth, long version)
    {
        if (!_items.TryGetValue(truth.Stream, out var items)) _items.Add(truth.Stream, items = []);
        while (items.Count < version) items.Add(projection.Fold([truth.Events[items.Count]], items.Count > 0 ? items[^1] : null)!);
        return items[(int)version - 1];
    }

    public override bool IsTheFold(StreamTruth truth, long version, Dictionary<string, AttributeValue> stored)
    {
        if (version < 1 || version > truth.Version) return false;
        var should = ItemAt(truth, version);
        return stored["at"].N == should.At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)
            && stored.GetValueOrDefault("adds")?.S == should.Adds?.Text
            && stored.GetValueOrDefault("doc")?.S == (should.Document is { } document ? PlainJson.Write(document, projection.Json) : null);
    }

    public override Contribution? AddsOf(StreamTruth truth) => truth.Version > 0 ? ItemAt(truth, truth.Version).Adds : null;

    public override IEnumerable<IndexEntry> EntriesOf(StreamTruth truth) => truth.Version > 0 ? projection.EntriesOf(ItemAt(truth, truth.Version)) : [];
}
