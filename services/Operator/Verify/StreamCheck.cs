namespace ServerlessCqrs.Operator.Verify;

/// <summary>Everything that must be true of one stream.</summary>
public static class StreamCheck
{
    /// <summary>What is not true of it; empty where all is.</summary>
    public static IReadOnlyList<Difference> Of(StreamEvidence evidence) =>
    [
        .. HistoryCheck.Of(evidence),
        .. OutcomeCheck.Of(evidence),
        .. TipCheck.Of(evidence).Concat(ItemCheck.Of(evidence)).Concat(SnapshotCheck.Of(evidence)).Distinct(),
    ];
}
