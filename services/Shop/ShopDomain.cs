namespace ServerlessCqrs.Shop;

/// <summary>The deciders of every kind of stream the shop has.</summary>
public static class ShopDomain
{
    private static readonly Dictionary<string, IDecider> Deciders = [];

    /// <summary>The decider of a stream, or null where the category is unknown.</summary>
    public static IDecider? DeciderOf(StreamId stream) => Deciders.GetValueOrDefault(stream.Category);
}
