using ServerlessCqrs.ReadModels;
using ServerlessCqrs.ReadModels.Products;
using static ServerlessCqrs.Operator.Verify.Differences;

namespace ServerlessCqrs.Operator.Verify;

/// <summary>A product's item in the read model: the fold of the events, tombstones too.</summary>
internal static class ItemCheck
{
    private static readonly ProductProjection Projection = new();

    public static IEnumerable<Difference> Of(StreamEvidence evidence)
    {
        if (evidence.Stream.Category != Projection.Category) yield break;
        var (item, version) = (evidence.Item, evidence.Version);
        if (item is null)
        {
            if (version > 0) yield return new(ItemMissing, evidence.Stream, $"the stream is at version {version}, and has no item");
            yield break;
        }

        if (version == 0)
        {
            yield return new(ItemWithoutStream, evidence.Stream, $"an item is at version {item.Version}, and the stream has no events");
            yield break;
        }

        if (item.Version != version)
        {
            yield return new(ItemVersion, evidence.Stream, $"the item is at version {item.Version}, and the stream at {version}");
            yield break;
        }

        if (item.Fault is { } fault)
        {
            yield return new(ItemDiffers, evidence.Stream, fault.Message);
            yield break;
        }

        if (!evidence.IsWhole) yield break;
        var (folded, error) = Fold(evidence);
        if (error is not null) yield return new(FoldFailed, evidence.Stream, error);
        else
            foreach (var path in JsonDifference.Between(Write(item), Write(folded!), "item", "fold")) yield return new(ItemDiffers, evidence.Stream, path);
    }

    private static (ReadModelItem<ProductDocument>? Item, string? Error) Fold(StreamEvidence evidence)
    {
        try
        {
            return (Projection.Fold(evidence.Events), null);
        }
#pragma warning disable CA1031 // Whatever an event does to the fold is what is wrong with the stream.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return (null, $"the read model cannot fold the stream: {e.Message}");
        }
    }

    private static string Write(ReadModelItem<ProductDocument> item) =>
        $$"""{"at":{{item.At.ToUnixTimeMilliseconds()}},"document":{{(item.Document is { } document ? ProductJson.Write(document) : "null")}}}""";
}
