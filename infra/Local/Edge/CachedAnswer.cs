namespace ServerlessCqrs.Local.Edge;

/// <summary>An answer as the edge keeps it.</summary>
/// <param name="OriginETag">As the origin gave it, to ask with: compression weakens the viewer's.</param>
/// <param name="StoredAt">When the origin last confirmed it.</param>
internal sealed record CachedAnswer(
    OriginAnswer Answer,
    string? OriginETag,
    DateTimeOffset StoredAt,
    TimeSpan Life)
{
    /// <summary>What an entry weighs besides its body, about.</summary>
    private const int Overhead = 1_024;

    public long Bytes => Answer.Body.Length + Overhead;

    public TimeSpan AgeAt(DateTimeOffset now) => now - StoredAt;

    public bool IsFreshAt(DateTimeOffset now) => AgeAt(now) < Life;
}
