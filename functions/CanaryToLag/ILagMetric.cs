namespace ServerlessCqrs.CanaryToLag;

/// <summary>Where the lag is recorded.</summary>
public interface ILagMetric
{
    /// <param name="lag">From the write until it was seen.</param>
    /// <param name="isSeen">Whether it was seen at all: else it takes longer than that.</param>
    void Record(TimeSpan lag, bool isSeen);
}
