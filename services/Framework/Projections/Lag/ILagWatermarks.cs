namespace ServerlessCqrs.Projections.Lag;

/// <summary>How far each read model is known to have applied the log: all that arrived up to the watermark (the log's clock). Watermarks only rise.</summary>
public interface ILagWatermarks
{
    /// <summary>The watermark; null where none was ever set.</summary>
    Task<DateTimeOffset?> FindAsync(string readModel, CancellationToken ct);
}

/// <summary>Records watermarks. Only a program that looks at all read models regularly has it: the query service only reads.</summary>
public interface ILagRecorder
{
    /// <summary>Raises the watermark; one that is higher already stays.</summary>
    Task RaiseAsync(string readModel, DateTimeOffset watermark, CancellationToken ct);
}
