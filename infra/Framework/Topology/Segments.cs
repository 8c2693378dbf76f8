namespace ServerlessCqrs.Topology;

/// <summary>
/// Puts clients into buckets, so that a client always gets the same version of a read model while a new one is released.
/// A client that names a segment, any text, is in the bucket of its hash. One that names none is in none.
/// The function in CloudFront does the same in JavaScript.
/// </summary>
public static class Segments
{
    /// <summary>From 0 on. The edge keeps a public answer as often as there are buckets that ask for it: a hundred times at most.</summary>
    public const int Buckets = 100;

    /// <summary>
    /// A longer text is not a segment. Neither is one with characters other than visible ASCII and blanks, because
    /// proxies may change such a text.
    /// </summary>
    public const int LongestSegment = 64;

    /// <summary>FNV-1a of 32 bits (http://www.isthe.com/chongo/tech/comp/fnv), by the number of buckets; null for what is no segment.</summary>
    public static int? BucketOf(string? segment)
    {
        if (segment is not { Length: > 0 and <= LongestSegment } || segment.Any(character => character is < ' ' or > '~')) return null;
        var hash = 2166136261;
        foreach (var character in segment) hash = unchecked((hash ^ character) * 16777619);
        return (int)(hash % Buckets);
    }
}
