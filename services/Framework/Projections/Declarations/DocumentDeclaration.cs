using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.Projections.Dynamo;
using ServerlessCqrs.Projections.Snapshots;
using ServerlessCqrs.Projections.Stores;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Projections.Declarations;

/// <summary>What a read model makes of one category of streams.</summary>
public abstract class DocumentDeclaration
{
    /// <summary>The category of the streams that it folds.</summary>
    public abstract string Category { get; }

    internal abstract IEnumerable<TableIndex> Indexes { get; }

    internal abstract Type ProjectionType { get; }

    internal abstract IEnumerable<object> DeclaredLists { get; }

    internal abstract IEnumerable<string> MissingIn(Domain domain, TypeTests code);

    internal abstract object OpenInMemory(InMemoryAggregates aggregates);

    internal abstract object OpenDynamo(DynamoTable table);

    internal abstract IProjector Follow(string model, ReadModelStores stores, StreamReader reader, ISnapshots? snapshots);
}

/// <summary>A document, declared: how it comes from events, its lists, and what is kept beside it.</summary>
public sealed class DocumentDeclaration<TDocument>(IProjection<TDocument> projection) : DocumentDeclaration
    where TDocument : class
{
    private IReadOnlyList<DocumentAttribute<TDocument>>? _attributes;

    public IProjection<TDocument> Projection => projection;

    public override string Category => projection.Category;

    public IReadOnlyList<DocumentList<TDocument>> Lists { get; init; } = [];

    /// <summary>What lists carry besides their keys and the whole document.</summary>
    public IReadOnlyList<DocumentAttribute<TDocument>> Beside { get; init; } = [];

    /// <summary>Everything that the store keeps beside the document, each once.</summary>
    public IReadOnlyList<DocumentAttribute<TDocument>> Attributes => _attributes ??=
        [.. Lists.SelectMany(list => new[] { list.Partition, list.Key }).Concat(Beside).DistinctBy(attribute => attribute.Name)];

    /// <summary>Whether the log keeps snapshots of it, because people read it as it was and its streams grow for years.</summary>
    public bool HasSnapshots { get; init; }

    /// <summary>A store of its own on DynamoDB; null for the one that serves any document.</summary>
    public Func<DynamoTable, DocumentDeclaration<TDocument>, IReadModel<TDocument>>? Dynamo { get; init; }

    /// <summary>A store of its own in memory; null for the one that serves any document.</summary>
    public Func<InMemoryAggregates, IReadModel<TDocument>>? InMemory { get; init; }

    internal override IEnumerable<TableIndex> Indexes => Lists.Select(list => list.Index);

    internal override Type ProjectionType => projection.GetType();

    internal override IEnumerable<object> DeclaredLists => Lists;

    internal override IEnumerable<string> MissingIn(Domain domain, TypeTests code) => ReadModelCheck.MissingIn(this, domain, code);

    internal override object OpenInMemory(InMemoryAggregates aggregates) =>
        InMemory?.Invoke(aggregates) ?? new InMemoryReadModel<TDocument>(aggregates, projection.AddsToAggregates);

    internal override object OpenDynamo(DynamoTable table) =>
        Dynamo?.Invoke(table, this) ?? new DynamoReadModel<TDocument>(table.Db, table.Name, this, table.Pauses);

    internal override IProjector Follow(string model, ReadModelStores stores, StreamReader reader, ISnapshots? snapshots) =>
        new Projector<TDocument>(
            stores.Of(this),
            projection,
            reader,
            HasSnapshots && snapshots is not null ? new DocumentSnapshots<TDocument>(model, projection, snapshots) : null);
}
