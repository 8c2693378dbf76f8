using ServerlessCqrs.Projections;
using static ServerlessCqrs.Operating.Verify.Differences;

namespace ServerlessCqrs.Operating.Verify;

/// <summary>A stream's item in each read model that follows it: the fold of the events, tombstones too.</summary>
internal static class ItemCheck
{
    public static IEnumerable<Difference> Of(StreamEvidence evidence) => evidence.Items.SelectMany(item => Of(evidence, item));

    private static IEnumerable<Difference> Of(StreamEvidence evidence, ItemEvidence found)
    {
        var (stream, version, model, item) = (evidence.Stream, evidence.Version, found.Model, found.Item);
        if (item is null)
        {
            if (version > 0) yield return new(ItemMissing, stream, $"{model}: the stream is at version {version}, and has no item");
            yield break;
        }

        if (version == 0)
        {
            yield return new(ItemWithoutStream, stream, $"{model}: an item is at version {item.Version}, and the stream has no events");
            yield break;
        }

        if (item.Version != version)
        {
            yield return new(ItemVersion, stream, $"{model}: the item is at version {item.Version}, and the stream at {version}");
            yield break;
        }

        if (item.Fault is { } fault)
        {
            yield return new(ItemDiffers, stream, $"{model}: {fault.Message}");
            yield break;
        }

        if (!evidence.IsWhole) yield break;
        var (folded, error) = Fold(evidence, found.Follower);
        if (error is not null) yield return new(FoldFailed, stream, $"{model}: {error}");
        else
            foreach (var difference in Between(item, folded!))
                yield return difference with { Text = $"{model}: {difference.Text}" };
    }

    /// <summary>Each path that differs. Those that an earlier shape explains are one difference together.</summary>
    private static IEnumerable<Difference> Between(ItemText item, ItemText fold)
    {
        var paths = JsonDifference.Between(item.Text, fold.Text, "item", "fold").ToLookup(path => item.MayDifferIn.Any(may => path.StartsWith(may, StringComparison.Ordinal)));
        return [.. paths[false].Select(path => new Difference(ItemDiffers, item.Stream, path)), .. paths[true].Take(1).Select(path => new Difference(ItemOutdated, item.Stream, path))];
    }

    private static (ItemText? Item, string? Error) Fold(StreamEvidence evidence, IProjector follower)
    {
        try
        {
            return (follower.Fold(evidence.Events), null);
        }
#pragma warning disable CA1031 // Whatever an event does to the fold is what is wrong with the stream.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return (null, $"the stream cannot be folded: {e.Message}");
        }
    }
}
