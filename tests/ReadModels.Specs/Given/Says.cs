using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Projections;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ReadModels.Specs.Given;

/// <summary>Creates messages, and compares items.</summary>
internal static class Says
{
    public static IReadOnlyList<StreamBatch> Events(params IReadOnlyList<EventRecord> events) => StreamBatch.Of(new EventMessage(events, []));

    public static IReadOnlyList<StreamBatch> Hint(StreamId stream, long version, bool rebuild = false) => StreamBatch.Of(new EventMessage([], [new StreamHint(stream, version, rebuild)]));

    /// <summary>Returns the event with a name that no code knows.</summary>
    public static EventRecord Unknown(this EventRecord e) => new(e.Contracts, e.Stream, e.Version, e.EventId, "ProductBlessed", 1, e.Data, e.CommandId, e.Actor, e.At);

    public static async Task<ReadModelItem<ProductDocument>?> FindAsync(this IReadModel<ProductDocument> products, StreamId stream) =>
        (await products.LoadAsync([stream], TestContext.Current.CancellationToken)).GetValueOrDefault(stream);

    /// <summary>
    /// Returns the whole content of an item as text, because .NET does not compare the lists in documents.
    /// </summary>
    public static string Text(this ReadModelItem<ProductDocument>? item) => item is null
        ? "none"
        : $"{item.Stream} {item.Version} {item.At:O} {(item.Document is { } document ? ProductJson.Write(document) : "deleted")}";
}
