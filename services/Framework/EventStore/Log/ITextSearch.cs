namespace ServerlessCqrs.EventStore.Log;

/// <summary>Looks whether a store holds texts in the clear. It reads all of it: for rare occasions.</summary>
public interface ITextSearch
{
    /// <summary>How many entries each part of the store has, and how many of them have one of the texts in them, written as it is or as JSON escapes it.</summary>
    Task<IReadOnlyList<TextFinding>> FindAsync(IReadOnlyCollection<string> texts, CancellationToken ct);
}

/// <param name="Where">The part of the store, as in <c>events</c> or a table's name.</param>
/// <param name="Searched">How many entries it has.</param>
/// <param name="Found">How many of them have one of the texts in them.</param>
public sealed record TextFinding(
    string Where,
    long Searched,
    long Found);
