namespace ServerlessCqrs.Functions.Canary;

public interface ILagMetric
{
    /// <param name="lag">The time from the write until the read model showed it, or until the canary gave up.</param>
    /// <param name="isSeen">False when the canary gave up: the real lag is longer.</param>
    void Record(TimeSpan lag, bool isSeen);
}
