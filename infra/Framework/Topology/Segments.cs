namespace ServerlessCqrs.Topology;

/// <summary>
/// Puts clients into buckets. During a release of a read model's new version, a client always gets the same version.
/// The bucket is the hash of the client's segment, which can be any text. A client without a segment is in no bucket.
/// The function in CloudFront does the same in JavaScript.
/// </summary>
public static class Segments
{
    /// <summary>
    /// Buckets are numbered from 0. The edge caches a public response once per bucket that requests it: at most a
    /// hundred times.
    /// </summary>
    public const int Buckets = 100;

    /// <summary>
    /// A longer text is not a segment. A text with characters other than visible ASCII and spaces is not one either,
    /// because proxies can change it.
    /// </summary>
    public const int LongestSegment = 64;

    /// <summary>
    /// FNV-1a of 32 bits (http://www.isthe.com/chongo/tech/comp/fnv) modulo the number of buckets; null if the text is
    /// not a segment.
    /// </summary>
    public static int? BucketOf(string? segment)
    {
        if (segment is not { Length: > 0 and <= LongestSegment } || segment.Any(character => character is < ' ' or > '~')) return null;
        var hash = 2166136261;
        foreach (var character in segment) hash = unchecked((hash ^ character) * 16777619);
        return (int)(hash % Buckets);
    }
}
