using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Projections;
using ServerlessCqrs.ShopViews.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ReadModels.Specs.Given;

/// <summary>What messages say, and what items hold.</summary>
internal static class Says
{
    public static IReadOnlyList<StreamBatch> Events(params IReadOnlyList<EventRecord> events) => StreamBatch.Of(new EventMessage(events, []));

    public static IReadOnlyList<StreamBatch> Hint(StreamId stream, long version, bool rebuild = false) => StreamBatch.Of(new EventMessage([], [new StreamHint(stream, version, rebuild)]));

    /// <summary>The same event under a name that no code knows.</summary>
    public static EventRecord Unknown(this EventRecord e) => new(e.Contracts, e.Stream, e.Version, e.EventId, "ProductBlessed", 1, e.Data, e.CommandId, e.Actor, e.At);

    public static async Task<ReadModelItem<ProductDocument>?> FindAsync(this IReadModel<ProductDocument> products, StreamId stream) =>
        (await products.LoadAsync([stream], TestContext.Current.CancellationToken)).GetValueOrDefault(stream);

    /// <summary>All that an item holds, as text: documents have lists, which .NET does not compare.</summary>
    public static string Text(this ReadModelItem<ProductDocument>? item) => item is null
        ? "none"
        : $"{item.Stream} {item.Version} {item.At:O} {(item.Document is { } document ? ProductJson.Write(document) : "deleted")}";
}
