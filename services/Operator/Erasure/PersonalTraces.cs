using System.Text.Json;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.Shop.Watches;
using ServerlessCqrs.Streams;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Operator.Erasure;

/// <summary>
/// Finds a person's streams, and every text that is sealed with their key in events and commands, including refused
/// commands.
/// </summary>
internal sealed class PersonalTraces(IStreamLookup lookup, StreamReader reader, IAuditTrail trail, TimeProvider time)
{
    private const int PageSize = 500;

    private static readonly string[] Categories = [OrderStreams.Category, ReviewStreams.Category, WatchStreams.Category];

    /// <summary>The person's streams: account, orders, reviews and watches.</summary>
    public async Task<IReadOnlyList<StreamId>> StreamsAsync(string person, CancellationToken ct)
    {
        List<StreamId> streams = [CustomerStreams.IdOf(person)];
        foreach (var category in Categories) streams.AddRange(await lookup.FindAsync(category, EventFields.Customer, [person], time.GetUtcNow(), ct));
        return streams;
    }

    /// <summary>The active watches among these streams.</summary>
    public async Task<IReadOnlyList<StreamId>> WatchesAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct)
    {
        var watches = await reader.ReadAsync([.. streams.Where(stream => stream.Category == WatchStreams.Category)], HistoryBounds.Everything, ct);
        return [.. watches.Where(watch => watch.Value[^1].Event is PriceWatched).Select(watch => watch.Key)];
    }

    /// <summary>The distinct texts in these streams that are sealed for the person.</summary>
    public async Task<IReadOnlyCollection<Sealed>> SealedAsync(string person, IReadOnlyCollection<StreamId> streams, CancellationToken ct)
    {
        HashSet<Sealed> found = [];
        foreach (var events in (await reader.ReadAsync(streams, HistoryBounds.Everything, ct)).Values)
            foreach (var e in events) Collect(e.Data, person, found);
        foreach (var stream in streams)
        {
            TrailPlace? after = null;
            while (await trail.ReadAsync(new TrailQuery(stream), after, newestFirst: false, PageSize, ct) is { Count: > 0 } page)
            {
                foreach (var command in page)
                    if (command.CommandData is { } data) Collect(data, person, found);
                after = TrailPlace.Of(page[^1]);
            }
        }

        return found;
    }

    private static void Collect(string text, string person, HashSet<Sealed> found)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            Collect(json.RootElement, person, found);
        }
        catch (JsonException)
        {
            // The history keeps an unreadable command as raw text.
        }
    }

    private static void Collect(JsonElement json, string person, HashSet<Sealed> found)
    {
        if (json.ValueKind == JsonValueKind.Array)
            foreach (var item in json.EnumerateArray()) Collect(item, person, found);
        if (json.ValueKind != JsonValueKind.Object) return;
        if (TextOf(json, "person") == person && TextOf(json, "text") is { } sealedText) found.Add(new Sealed(person, sealedText));
        foreach (var property in json.EnumerateObject()) Collect(property.Value, person, found);
    }

    private static string? TextOf(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
