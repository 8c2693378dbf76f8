using ServerlessCqrs.EventStore.Log;

namespace ServerlessCqrs.Operating.Erasure;

/// <summary>
/// Records what an erasure did and what its search found afterwards. It contains none of the person's texts.
/// </summary>
/// <param name="WasErased">Whether the key was already destroyed before this run.</param>
/// <param name="IsKeyGone">Whether the mark of the destroyed key exists. No later seal can remove it.</param>
/// <param name="Ended">What the run's commands ended, for a person.</param>
/// <param name="Streams">The number of the person's streams.</param>
/// <param name="Sealed">The number of the person's sealed texts in the history.</param>
/// <param name="Opened">The number of those texts that could still be opened.</param>
/// <param name="Searched">The number of plain texts, known from before the key was destroyed, that the search looked
/// for.</param>
/// <param name="TooShort">The texts that were not searched, because they are too short to be unique to the
/// person.</param>
internal sealed record ErasureCertificate(
    string Person,
    DateTimeOffset At,
    bool WasErased,
    bool IsKeyGone,
    string Ended,
    int Streams,
    int Sealed,
    int Opened,
    int Searched,
    int TooShort,
    IReadOnlyList<TextFinding> Findings)
{
    /// <summary>Whether the search found nothing of the person that can still be read.</summary>
    public bool IsClean => IsKeyGone && Opened == 0 && Findings.All(finding => finding.Found == 0);

    public IEnumerable<string> Tell()
    {
        yield return $"{Person}, {At.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}{(WasErased ? ": was erased before" : "")}";
        yield return $"  key: {(IsKeyGone ? "destroyed; nothing can be sealed for them again" : "STILL THERE")}";
        yield return $"  {Ended}";
        yield return $"  sealed texts: {Sealed:N0} in {Streams:N0} streams, {(Opened == 0 ? "none of which can be opened any more" : $"{Opened:N0} OF WHICH CAN BE OPENED")}";
        if (WasErased) yield return "  texts in the clear: not looked for; with the key, what they were is gone";
        else yield return $"  texts in the clear: {Searched:N0} looked for{(TooShort > 0 ? $", {TooShort:N0} too short to be looked for" : "")}";
        foreach (var finding in Findings) yield return $"    {finding.Where}: {finding.Searched:N0} entries, {(finding.Found == 0 ? "none" : $"{finding.Found:N0} HAVE ONE")}";
        yield return "  functions that are running forget the key within five minutes; the operators' logs hold no personal text, and were not searched";
        yield return IsClean ? "erased" : "NOT ERASED";
    }
}
