using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.Projections.History;
using static ServerlessCqrs.Operating.Verify.Differences;

namespace ServerlessCqrs.Operating.Verify;

/// <summary>
/// Checks that each snapshot of a stream is the fold of the events up to its version. A missing snapshot is no
/// difference: a rebuild creates it.
/// </summary>
internal static class SnapshotCheck
{
    public static IEnumerable<Difference> Of(StreamEvidence evidence) => evidence.IsWhole ? evidence.Items.SelectMany(item => Of(evidence, item)) : [];

    private static IEnumerable<Difference> Of(StreamEvidence evidence, ItemEvidence found)
    {
        var fold = found.Follower.BeginFold();
        foreach (var snapshot in found.Snapshots)
        {
            if (snapshot.Version > evidence.Version)
            {
                yield return new(SnapshotDiffers, evidence.Stream, $"{found.Model}: there is a snapshot of version {snapshot.Version}, and the stream is at {evidence.Version}");
                yield break;
            }

            if (!TryGoOn(fold, evidence, snapshot)) yield break;
            var at = evidence.Events[(int)snapshot.Version - 1].At;
            if (snapshot.At != at) yield return new(SnapshotDiffers, evidence.Stream, $"{found.Model}: the snapshot of version {snapshot.Version} is of {snapshot.At:O}, and its event of {at:O}");
            foreach (var path in JsonDifference.Between(snapshot.Document ?? "null", fold.Document ?? "null", "snapshot", "fold"))
                yield return new(SnapshotDiffers, evidence.Stream, $"{found.Model}: version {snapshot.Version}: {path}");
        }
    }

    /// <summary>
    /// Folds up to the snapshot's version. Returns false if the fold fails, which <see cref="ItemCheck"/> reports.
    /// </summary>
    private static bool TryGoOn(IDocumentFold fold, StreamEvidence evidence, Snapshot snapshot)
    {
        try
        {
            while (fold.Version < snapshot.Version) fold.Apply(evidence.Events[(int)fold.Version]);
            return true;
        }
#pragma warning disable CA1031 // Whatever an event does to the fold is what is wrong with the stream.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
