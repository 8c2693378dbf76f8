using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operating.Verify;

/// <summary>Runs all checks of one stream.</summary>
public static class StreamCheck
{
    /// <summary>Returns the differences; empty if there are none.</summary>
    public static IReadOnlyList<Difference> Of(Domain domain, StreamEvidence evidence) =>
    [
        .. HistoryCheck.Of(evidence),
        .. OutcomeCheck.Of(evidence),
        .. TipCheck.Of(domain, evidence).Concat(ItemCheck.Of(evidence)).Concat(SnapshotCheck.Of(evidence)).Distinct(),
    ];
}
