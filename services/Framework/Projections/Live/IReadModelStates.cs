namespace ServerlessCqrs.Projections.Live;

/// <summary>Stores which read models operators have woken and which they have retired.</summary>
public interface IReadModelStates
{
    /// <summary>
    /// Returns the last state that was set per read model. Read models whose state was never set are missing.
    /// </summary>
    Task<IReadOnlyDictionary<string, ReadModelState>> ReadAsync(CancellationToken ct);

    /// <summary>
    /// Returns after the state is stored. Every process uses it within <see cref="LiveReadModels.Fresh"/>.
    /// </summary>
    Task SetAsync(string readModel, ReadModelState state, CancellationToken ct);
}

public enum ReadModelState
{
    /// <summary>The read model is written, monitored and repaired.</summary>
    Alive,

    /// <summary>The read model is not written, and its content does not matter.</summary>
    Asleep,
}
