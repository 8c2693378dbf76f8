using Amazon.DynamoDBv2;
using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.Projections.Dynamo;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Projections.Stores;

/// <summary>The store of every declared document.</summary>
public sealed class ReadModelStores
{
    private readonly IReadOnlyDictionary<DocumentDeclaration, object> _stores;

    private ReadModelStores(IReadOnlyDictionary<DocumentDeclaration, object> stores) => _stores = stores;

    /// <summary>Stores in memory, for tests and simulations.</summary>
    public static ReadModelStores InMemory(ReadModelDeclarations models) => Open(models, model =>
    {
        var aggregates = new InMemoryAggregates();
        return document => document.OpenInMemory(aggregates);
    });

    /// <summary>Stores on DynamoDB.</summary>
    /// <param name="nameOf">What a declared table is called where it is.</param>
    public static ReadModelStores OnDynamo(ReadModelDeclarations models, IAmazonDynamoDB db, Func<Table, string> nameOf, TimeProvider clock, DynamoPauses? pauses = null) =>
        Open(models, model =>
        {
            var table = new DynamoTable(db, model, nameOf, clock, pauses ?? new DynamoPauses(clock));
            return document => document.OpenDynamo(table);
        });

    /// <exception cref="ArgumentException">The document is not declared.</exception>
    public IReadModel<TDocument> Of<TDocument>(DocumentDeclaration<TDocument> document)
        where TDocument : class => As<IReadModel<TDocument>>(document);

    /// <summary>What answers queries of any document.</summary>
    /// <inheritdoc cref="Of"/>
    public IDocuments<TDocument> QueriesOf<TDocument>(DocumentDeclaration<TDocument> document)
        where TDocument : class => As<IDocuments<TDocument>>(document);

    /// <summary>A document's store as what it can do besides.</summary>
    /// <exception cref="ArgumentException">The document is not declared, or its store cannot do this.</exception>
    public TStore As<TStore>(DocumentDeclaration document)
        where TStore : class
    {
        if (!_stores.TryGetValue(document, out var store)) throw new ArgumentException($"No read model has this document of {document.Category}. Declare it.", nameof(document));
        return store as TStore ?? throw new ArgumentException($"{store.GetType().Name} is no {typeof(TStore).Name}.", nameof(document));
    }

    /// <summary>The same with another store of one document.</summary>
    public ReadModelStores With<TDocument>(DocumentDeclaration<TDocument> document, IReadModel<TDocument> store)
        where TDocument : class => new(new Dictionary<DocumentDeclaration, object>(_stores) { [document] = store });

    private static ReadModelStores Open(ReadModelDeclarations models, Func<ReadModelDeclaration, Func<DocumentDeclaration, object>> open)
    {
        var stores = new Dictionary<DocumentDeclaration, object>();
        foreach (var model in models.Models)
        {
            var one = open(model);
            foreach (var document in model.Documents) stores.Add(document, one(document));
        }

        return new ReadModelStores(stores);
    }
}
