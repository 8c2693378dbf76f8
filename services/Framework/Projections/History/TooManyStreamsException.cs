namespace ServerlessCqrs.Projections.History;

/// <summary>A past list would need more streams than one read may fold.</summary>
public sealed class TooManyStreamsException(int most) : Exception($"More than {most} streams would have to be folded.")
{
    public int Most { get; } = most;
}
