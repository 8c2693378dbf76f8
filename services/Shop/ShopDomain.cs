using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Watches;

namespace ServerlessCqrs.Shop;

/// <summary>The deciders of every kind of stream the shop has.</summary>
public static class ShopDomain
{
    /// <summary>One decider for each category of streams.</summary>
    public static IReadOnlyList<IDecider> Deciders { get; } = [new ProductDecider(), new WatchDecider()];

    private static readonly Dictionary<string, IDecider> ByCategory = Deciders.ToDictionary(decider => decider.Category);

    /// <summary>The decider of a stream, or null where the category is unknown.</summary>
    public static IDecider? DeciderOf(StreamId stream) => ByCategory.GetValueOrDefault(stream.Category);
}
