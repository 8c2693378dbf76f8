using System.Text.Json;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Projections.History;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.WebConsole.Streams;

/// <summary>One stream's past: its commands, their outcomes, and its document at any version.</summary>
internal sealed class StreamPage(StackView stack)
{
    /// <summary>The most commands that a page shows: the newest.</summary>
    public const int MostCommands = 400;

    /// <summary>The stream's newest commands, the oldest first; null if it has none.</summary>
    public async Task<Timeline?> TimelineAsync(StreamId stream, CancellationToken ct)
    {
        // The tip first: what it drops during the read is already in the log.
        var tip = await stack.Tips.FindAsync(stream, ct);
        var reader = new HistoryReader(stack.Log.Trail, stack.Log.Events, stack.Log.History, stack.Models.Declared);
        var (newest, next) = await reader.ReadPageAsync(new TrailQuery(stream), tip, after: null, MostCommands, ct);
        if (newest.Count == 0 && tip is null) return null;
        return new Timeline(
            stream.ToString(),
            stack.Models.Declared.DocumentOf(stream.Category) is not null,
            Math.Max(tip?.Version ?? 0, newest.Select(command => command.Version).DefaultIfEmpty().Max()),
            tip?.Parked.Count ?? 0,
            next is not null,
            [.. newest.Reverse()]);
    }

    /// <summary>The document within the bounds and an earlier one; null if such streams have no documents.</summary>
    /// <param name="from">The version to compare with; null for the one before.</param>
    public async Task<DocumentPair?> DocumentAsync(StreamId stream, HistoryBounds bounds, long? from, CancellationToken ct)
    {
        if (stack.Models.Declared.DocumentOf(stream.Category) is null) return null;
        var after = await FoldAsync(stream, bounds, ct);
        var before = await FoldAsync(stream, new HistoryBounds(ToVersion: Math.Max(0, from ?? after.Version - 1)), ct);
        return new DocumentPair(
            before.Version,
            JsonOf(before),
            after.Version,
            JsonOf(after),
            [.. JsonChanges.Between(before.Document ?? "{}", after.Document ?? "{}").Select(change => new DocumentChange(change.Path["$.".Length..], change.Before, change.After))]);
    }

    private async Task<IDocumentFold> FoldAsync(StreamId stream, HistoryBounds bounds, CancellationToken ct)
    {
        var follower = stack.Models.Declared.DocumentOf(stream.Category)!;
        if (bounds.ToVersion == 0) return follower.BeginFold();
        var fold = await follower.BeginFoldAsync(stream, bounds, ct);
        foreach (var e in await stack.Streams.ReadAsync(stream, bounds with { FromVersion = fold.Version + 1 }, ct)) fold.Apply(e);
        return fold;
    }

    private static JsonElement? JsonOf(IDocumentFold fold) => fold.Document is { } document ? JsonElement.Parse(document) : null;
}

/// <param name="HasDocument">Whether a read model has documents of such streams.</param>
/// <param name="Parked">Commands that wait for a newer release.</param>
/// <param name="HasEarlier">Whether commands before these were left out.</param>
/// <param name="Commands">Every outcome: applied, unchanged and refused.</param>
internal sealed record Timeline(
    string Stream,
    bool HasDocument,
    long Version,
    int Parked,
    bool HasEarlier,
    IReadOnlyList<HistoryItem> Commands);

/// <param name="Before">Null before the first event.</param>
internal sealed record DocumentPair(
    long BeforeVersion,
    JsonElement? Before,
    long Version,
    JsonElement? Document,
    IReadOnlyList<DocumentChange> Changes);
