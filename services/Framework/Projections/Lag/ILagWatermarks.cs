namespace ServerlessCqrs.Projections.Lag;

/// <summary>
/// The watermark of each read model: it has applied everything that reached the log up to then, by the log's clock.
/// Watermarks only rise.
/// </summary>
public interface ILagWatermarks
{
    /// <summary>Returns the watermark, or null if none was set.</summary>
    Task<DateTimeOffset?> FindAsync(string readModel, CancellationToken ct);
}

/// <summary>
/// Records watermarks. Only a program that checks all read models regularly has it. The query service only reads.
/// </summary>
public interface ILagRecorder
{
    /// <summary>Raises the watermark. A higher one stays.</summary>
    Task RaiseAsync(string readModel, DateTimeOffset watermark, CancellationToken ct);
}
