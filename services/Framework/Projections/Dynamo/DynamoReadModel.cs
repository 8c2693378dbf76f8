using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.Projections.Lists;
using ServerlessCqrs.Projections.Stores;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.Projections.Dynamo.ItemReader;

namespace ServerlessCqrs.Projections.Dynamo;

/// <summary>
/// Items of one category in a table whose key is <c>stream</c>: <c>version</c>, <c>at</c> (milliseconds), <c>doc</c>, <c>adds</c>,
/// <c>shape</c>, and the attributes that the document declares. A tombstone has only version and time. Several categories may
/// share a table. A save is one conditional write. When something else must change with it, it is one transaction.
/// </summary>
public class DynamoReadModel<TDocument>(IAmazonDynamoDB db, string table, DocumentDeclaration<TDocument> declared, DynamoPauses? pauses = null)
    : IReadModel<TDocument>, IDocuments<TDocument>
    where TDocument : class
{
    /// <summary>What <see cref="Read"/> reads.</summary>
    protected static readonly string[] Attributes = ["stream", "version", "at", "doc", "adds", "shape"];

    private readonly IProjection<TDocument> _projection = declared.Projection;

    /// <summary>What an item may lack.</summary>
    private readonly string[] _optional = ["doc", "adds", "shape", .. declared.Attributes.Select(attribute => attribute.Name)];

    protected ItemReader Items { get; } = new(db, table, pauses ?? DynamoPauses.Usual);

    private readonly DynamoVersions _versions = new(db, table, pauses);
    private readonly DynamoTransactions _transactions = new(db, pauses ?? DynamoPauses.Usual);

    public async Task<IReadOnlyDictionary<StreamId, ReadModelItem<TDocument>>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) =>
        (await Items.LoadAsync(streams, Attributes, ct)).Where(HasVersion).Select(Read).ToDictionary(item => item.Stream);

    public Task<IReadOnlyDictionary<StreamId, long>> LoadVersionsAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) => _versions.LoadVersionsAsync(streams, ct);

    public async Task<TDocument?> DocumentAsync(StreamId stream, CancellationToken ct)
    {
        var item = (await Items.LoadAsync([stream], Attributes, ct)).Where(HasVersion).Select(Read).FirstOrDefault();
        return item?.Fault is { } fault ? throw fault : item?.Document;
    }

    public async Task<DocumentPage<TDocument>> ListAsync(
        DocumentList<TDocument> list,
        string partition,
        bool descending,
        int limit,
        string? cursor,
        CancellationToken ct)
    {
        // One more than the page tells whether there is a next one.
        var index = DynamoIndex.Of(db, table, list);
        var items = await index.QueryAsync(partition, Cursor.Read(cursor, partition, list.IsKey), descending, limit + 1, ct);
        return new DocumentPage<TDocument>(
            [.. items.Take(limit).Select(item => JsonSerializer.Deserialize(item[DocumentList<TDocument>.Document].S, _projection.Json)!)],
            items.Count > limit ? Cursor.Write(partition, index.KeyOf(items[limit - 1])) : null);
    }

    public async Task<Contribution?> SumAsync(StreamId about, CancellationToken ct) =>
        (await Items.LoadAsync([about], null, ct)).Select(DynamoAggregates.Read).FirstOrDefault();

    public virtual async Task<bool> SaveAsync(ReadModelItem<TDocument> item, ReadModelItem<TDocument>? stored, CancellationToken ct) =>
        await _transactions.WriteAsync(Write(item, stored), await BesideAsync(item, stored, ct), ct);

    public async IAsyncEnumerable<ReadModelItem<TDocument>> ScanAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var ours = Items.ScanAsync(
            "begins_with(#stream, :category) AND attribute_exists(#version)",
            new() { ["#stream"] = "stream", ["#version"] = "version" },
            new() { [":category"] = new($"{_projection.Category}-") },
            ct);
        await foreach (var item in ours) yield return Read(item);
    }

    public IAsyncEnumerable<Contribution> ScanAggregatesAsync(CancellationToken ct) =>
        _projection.AddsToAggregates ? DynamoAggregates.ScanAsync(Items, ct) : AsyncEnumerable.Empty<Contribution>();

    public virtual IAsyncEnumerable<IndexEntry> ScanEntriesAsync(CancellationToken ct) => AsyncEnumerable.Empty<IndexEntry>();

    public virtual Task<long> DeleteStrayEntriesAsync(StreamId? stream, CancellationToken ct) => Task.FromResult(0L);

    /// <summary>What must change together with the item.</summary>
    protected virtual ValueTask<IReadOnlyList<WriteBeside>> BesideAsync(ReadModelItem<TDocument> item, ReadModelItem<TDocument>? stored, CancellationToken ct) =>
        new([.. Contribution.Difference(stored?.Adds, item.Adds).SelectMany(difference => DynamoAggregates.Add(table, difference))]);

    /// <summary>An item from its attributes.</summary>
    protected ReadModelItem<TDocument> Read(Dictionary<string, AttributeValue> item)
    {
        var (stream, version) = (StreamOf(item), NumberOf(item, "version"));
        Contribution? adds = null;
        try
        {
            adds = item.TryGetValue("adds", out var added) ? Contribution.Parse(added.S) : null;
            return new(
                stream,
                version,
                item.TryGetValue("doc", out var doc) ? JsonSerializer.Deserialize(doc.S, _projection.Json) ?? throw new JsonException("The document is null.") : null,
                DateTimeOffset.FromUnixTimeMilliseconds(NumberOf(item, "at")))
            { Adds = adds, Shape = ShapeOf(item, version) };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or ArgumentException)
        {
            return new(stream, version, null, default) { Adds = adds, Fault = new FormatException($"The item of {stream} in {table} cannot be read: {e.Message}", e) };
        }
    }

    /// <summary>Holds while a stream's item is as it was read; null: while it has none.</summary>
    protected ConditionCheck IsStill(StreamId stream, ReadModelItem<TDocument>? item)
    {
        var check = new ConditionCheck
        {
            TableName = table,
            Key = KeyOf(stream),
            ConditionExpression = "attribute_not_exists(#version)",
            ExpressionAttributeNames = new() { ["#version"] = "version" },
        };
        if (item is null) return check;
        check.ExpressionAttributeNames["#adds"] = "adds";
        check.ExpressionAttributeValues = new() { [":version"] = Number(item.Version) };
        check.ConditionExpression = $"#version = :version AND {(item.Adds is null ? "attribute_not_exists(#adds)" : "#adds = :adds")}";
        if (item.Adds is { } adds) check.ExpressionAttributeValues[":adds"] = new(adds.Text);
        return check;
    }

    /// <summary>Code that knows no shapes leaves the attribute as it was: then it names another version than the item's.</summary>
    private static int ShapeOf(Dictionary<string, AttributeValue> item, long version) =>
        item.GetValueOrDefault("shape")?.S.Split('@') is [var shape, var at] && at == version.ToString(CultureInfo.InvariantCulture) ? int.Parse(shape, CultureInfo.InvariantCulture) : 1;

    /// <summary>An update, so that an aggregate on the same item stays. The condition holds while the stored item is the one that was read; what it added counts as well, since a rebuild may write the same version twice.</summary>
    private Update Write(ReadModelItem<TDocument> item, ReadModelItem<TDocument>? stored)
    {
        var update = new Update
        {
            TableName = table,
            Key = KeyOf(item.Stream),
            ExpressionAttributeNames = new() { ["#version"] = "version", ["#adds"] = "adds" },
            ExpressionAttributeValues = [],
            ConditionExpression = stored is null ? "attribute_not_exists(#version)" : $"#version = :read AND {(stored.Adds is null ? "attribute_not_exists(#adds)" : "#adds = :added")}",
        };
        if (stored is not null) update.ExpressionAttributeValues[":read"] = Number(stored.Version);
        if (stored?.Adds is { } added) update.ExpressionAttributeValues[":added"] = new(added.Text);

        var attributes = AttributesOf(item);
        foreach (var (name, value) in attributes)
        {
            update.ExpressionAttributeNames[$"#{name}"] = name;
            update.ExpressionAttributeValues[$":{name}"] = value;
        }

        List<string> absent = [.. _optional.Where(name => !attributes.ContainsKey(name))];
        foreach (var name in absent) update.ExpressionAttributeNames[$"#{name}"] = name;
        update.UpdateExpression = $"SET {string.Join(", ", attributes.Keys.Select(name => $"#{name} = :{name}"))}{(absent.Count > 0 ? $" REMOVE {string.Join(", ", absent.Select(name => $"#{name}"))}" : "")}";
        return update;
    }

    private Dictionary<string, AttributeValue> AttributesOf(ReadModelItem<TDocument> item)
    {
        var attributes = new Dictionary<string, AttributeValue> { ["version"] = Number(item.Version), ["at"] = Number(item.At.ToUnixTimeMilliseconds()) };
        if (item.Adds is { } adds) attributes["adds"] = new(adds.Text);
        if (item.Document is not { } document) return attributes;
        if (item.Shape > 1) attributes["shape"] = new(string.Create(CultureInfo.InvariantCulture, $"{item.Shape}@{item.Version}"));
        attributes["doc"] = new(PlainJson.Write(document, _projection.Json));
        foreach (var attribute in declared.Attributes)
            if (attribute.Of(document) is { } value) attributes[attribute.Name] = new(value);
        return attributes;
    }
}
