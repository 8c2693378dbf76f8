namespace ServerlessCqrs.QueryApi.Caching;

/// <summary>How long the edge may keep an answer. Browsers always ask again: they have no way to be invalidated.</summary>
public static class CacheFor
{
    /// <summary>Private, degraded, momentary or wrong: nobody keeps it.</summary>
    public const string NoOne = "no-store";

    /// <summary>Products, which are invalidated when they change; 30 s bound what a lost invalidation can do.</summary>
    public const string Products = "public, max-age=0, s-maxage=30";

    /// <summary>Lists, which are not invalidated.</summary>
    public const string Lists = "public, max-age=0, s-maxage=5";

    /// <summary>What is read from the event log, whose reads cost most, and looked at as a whole: a minute's delay shows on no chart.</summary>
    public const string Charts = "public, max-age=0, s-maxage=60";

    /// <summary>What changes only with a deployment.</summary>
    public const string Documents = "public, max-age=0, s-maxage=300";

    public static bool IsPublic(IHeaderDictionary headers) => headers.CacheControl.ToString().StartsWith("public", StringComparison.Ordinal);
}
