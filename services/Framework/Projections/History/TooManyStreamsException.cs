namespace ServerlessCqrs.Projections.History;

/// <summary>A past list would be folded from more streams than one read may cost.</summary>
public sealed class TooManyStreamsException(int most) : Exception($"More than {most} streams would have to be folded.")
{
    public int Most { get; } = most;
}
