using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Operating.Verify;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operating.Recovery;

/// <summary>How a stream's log compares with its tip after a restore.</summary>
internal enum StreamCondition
{
    /// <summary>Log and tip agree.</summary>
    Whole,

    /// <summary>Only the tip has the newest commit. The recovery copies it to the log.</summary>
    LogIncomplete,

    /// <summary>The log lacks more than the tip still has. The recovery resets the tip to the log.</summary>
    TipAhead,

    /// <summary>The tip lacks data that the log has. The recovery rebuilds the tip from the log.</summary>
    TipBehind,

    /// <summary>Log and tip contradict each other, or the log has a gap. A person must decide.</summary>
    Contradicted,
}

/// <summary>The diagnosis of one stream.</summary>
/// <param name="Events">The log's events by version.</param>
/// <param name="Outcomes">The log's outcomes, one for each command.</param>
/// <param name="Says">What is wrong; null if nothing is.</param>
internal sealed record StreamDiagnosis(
    StreamId Stream,
    StreamCondition Condition,
    IReadOnlyList<EventRecord> Events,
    IReadOnlyList<CommandOutcome> Outcomes,
    StreamTip? Tip,
    string? Says)
{
    /// <summary>The number of versions that neither the log nor the tip has.</summary>
    public long Lost => Condition == StreamCondition.TipAhead ? Math.Max(0, (Tip?.Version ?? 0) - Events.Count) : 0;

    /// <summary>Compares a stream's log with its tip.</summary>
    /// <param name="logged">Ordered by version, including all rows that contradict each other.</param>
    public static StreamDiagnosis Of(
        Domain domain,
        StreamId stream,
        IReadOnlyList<EventRecord> logged,
        IReadOnlyList<CommandOutcome> outcomes,
        StreamTip? tip)
    {
        var (condition, says) = Judge(domain, stream, logged, outcomes, tip);
        return new StreamDiagnosis(stream, condition, logged, [.. outcomes.DistinctBy(outcome => outcome.CommandId)], tip, says);
    }

    private static (StreamCondition Condition, string? Says) Judge(
        Domain domain,
        StreamId stream,
        IReadOnlyList<EventRecord> logged,
        IReadOnlyList<CommandOutcome> outcomes,
        StreamTip? tip)
    {
        if (domain.DeciderOf(stream) is null) return (StreamCondition.Whole, null);
        for (var i = 0; i < logged.Count; i++)
        {
            if (i > 0 && logged[i].Version == logged[i - 1].Version) return (StreamCondition.Contradicted, $"the log has two events of version {logged[i].Version}");
            if (logged[i].Version != i + 1) return (StreamCondition.Contradicted, $"the log lacks versions {i + 1} to {logged[i].Version - 1}: they are lost");
        }

        if (tip is null)
            return logged.Count > 0 || outcomes.Any(IsDecided) ? (StreamCondition.TipBehind, $"there is no tip, and the log is at version {logged.Count}") : (StreamCondition.Whole, null);
        var newest = tip.Newest.Events;
        if (newest.FirstOrDefault(e => e.Version <= logged.Count && logged[(int)e.Version - 1] != e) is { } other)
            return (StreamCondition.Contradicted, $"log and tip have different events of version {other.Version}");

        var known = outcomes.Select(outcome => outcome.CommandId).ToHashSet();
        var held = tip.Newest.Outcomes.Where(outcome => !known.Contains(outcome.CommandId)).Select(outcome => outcome.CommandId).ToHashSet();
        var lost = tip.Ring.Entries.Count(entry => !known.Contains(entry.CommandId) && !held.Contains(entry.CommandId));
        var end = newest.Count > 0 && newest[0].Version <= logged.Count + 1 ? Math.Max(logged.Count, newest[^1].Version) : logged.Count;
        if (tip.Version > end || lost > 0)
            return (StreamCondition.TipAhead, $"the tip is at version {tip.Version}, the log at {logged.Count}, and {Math.Max(lost, 1)} or more outcomes are lost");
        if (tip.Version < logged.Count) return (StreamCondition.TipBehind, $"the tip is at version {tip.Version}, and the log at {logged.Count}");
        if (IsBehind(tip, outcomes)) return (StreamCondition.TipBehind, $"the log has later outcomes at version {logged.Count} than the tip");
        return end > logged.Count || held.Count > 0 ? (StreamCondition.LogIncomplete, $"only the tip holds its newest commit, up to version {tip.Version}") : (StreamCondition.Whole, null);
    }

    private static bool IsBehind(StreamTip tip, IReadOnlyList<CommandOutcome> outcomes)
    {
        var ring = tip.Ring.Entries.Select(entry => entry.CommandId).ToHashSet();
        return outcomes.Any(outcome => IsDecided(outcome) && (outcome.At > tip.LastAt || tip.Ring.EvictedThrough is null && !ring.Contains(outcome.CommandId)));
    }

    /// <summary>
    /// Whether a tip contains the outcome. The outcome of a record without a readable command id is only in the log.
    /// </summary>
    private static bool IsDecided(CommandOutcome outcome) => outcome.Code != CommonRefusals.Malformed.Code || outcome.CommandType != "unknown";
}
