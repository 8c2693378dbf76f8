namespace ServerlessCqrs.Projections.Live;

/// <summary>Which read models operators have woken, and which they have retired.</summary>
public interface IReadModelStates
{
    /// <summary>What was said last of each; a read model of which nothing was said is missing.</summary>
    Task<IReadOnlyDictionary<string, ReadModelState>> ReadAsync(CancellationToken ct);

    /// <summary>Returns once it is stored; within <see cref="LiveReadModels.Fresh"/> every process goes by it.</summary>
    Task SetAsync(string readModel, ReadModelState state, CancellationToken ct);
}

public enum ReadModelState
{
    /// <summary>It is written, watched and repaired.</summary>
    Alive,

    /// <summary>Nothing is written to it, and what it holds is of no account.</summary>
    Asleep,
}
