namespace ServerlessCqrs.EventStore.Log;

/// <summary>
/// Searches a store for texts that should not be there in plain form. It reads the whole store, so use it rarely.
/// </summary>
public interface ITextSearch
{
    /// <summary>
    /// Returns, for each part of the store, the number of entries and how many contain one of the texts, plain or
    /// escaped as JSON.
    /// </summary>
    Task<IReadOnlyList<TextFinding>> FindAsync(IReadOnlyCollection<string> texts, CancellationToken ct);
}

/// <param name="Where">The part of the store, for example <c>events</c> or a table's name.</param>
/// <param name="Searched">The number of its entries.</param>
/// <param name="Found">The number of entries that contain one of the texts.</param>
public sealed record TextFinding(
    string Where,
    long Searched,
    long Found);
