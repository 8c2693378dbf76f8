using System.Text.Json;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Streams;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Operating.Erasure;

/// <summary>
/// Finds a person's streams by the plan, and every text that is sealed with their key in events and commands, including
/// refused commands.
/// </summary>
internal sealed class PersonalTraces(
    IErasurePlan plan,
    IStreamLookup lookup,
    StreamReader reader,
    IAuditTrail trail,
    TimeProvider time)
{
    private const int PageSize = 500;

    /// <inheritdoc cref="IErasurePlan.StreamsAsync"/>
    public Task<IReadOnlyList<StreamId>> StreamsAsync(string person, CancellationToken ct) =>
        plan.StreamsAsync(person, lookup, time.GetUtcNow(), ct);

    /// <inheritdoc cref="IErasurePlan.CommandsAsync"/>
    public Task<ErasureCommands> CommandsAsync(string person, IReadOnlyCollection<StreamId> streams, CancellationToken ct) =>
        plan.CommandsAsync(person, streams, reader, ct);

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
