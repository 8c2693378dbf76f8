using ServerlessCqrs.Streams;
using static ServerlessCqrs.Operating.Verify.Differences;

namespace ServerlessCqrs.Operating.Verify;

/// <summary>Checks that a stream's tip has the newest version and the state that the events fold to.</summary>
internal static class TipCheck
{
    public static IEnumerable<Difference> Of(Domain domain, StreamEvidence evidence)
    {
        if (evidence.Tip is not { } tip)
        {
            if (evidence.Version > 0) yield return new(TipMissing, evidence.Stream, $"the log has {evidence.Events.Count} events, and there is no tip");
            yield break;
        }

        if (tip.Version != evidence.Version)
        {
            yield return new(TipVersion, evidence.Stream, $"the tip is at version {tip.Version}, and the newest event at {evidence.Version}");
            yield break;
        }

        if (!evidence.IsWhole || domain.DeciderOf(evidence.Stream) is not { } decider) yield break;
        var (state, error) = Fold(evidence, decider);
        if (error is not null) yield return new(FoldFailed, evidence.Stream, error);
        else if (tip.StateShape == decider.StateShape)
            foreach (var path in JsonDifference.Between(tip.State, state!, "tip", "fold")) yield return new(TipState, evidence.Stream, path);
    }

    private static (string? State, string? Error) Fold(StreamEvidence evidence, IDecider decider)
    {
        var state = decider.Initial;
        foreach (var e in evidence.Events)
        {
            try
            {
                state = decider.Evolve(state, e.Event);
            }
#pragma warning disable CA1031 // Whatever an event does to the fold is what is wrong with the stream.
            catch (Exception problem)
#pragma warning restore CA1031
            {
                return (null, $"{e.Type} at version {e.Version}: {problem.Message}");
            }
        }

        return (decider.WriteState(state), null);
    }
}
