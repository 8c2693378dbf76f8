namespace ServerlessCqrs.Projections.Live;

/// <summary>The read models that are alive now: those that are declared so, but for what operators have said since. Thread-safe.</summary>
public sealed class LiveReadModels(ReadModelCatalogue declared, IReadModelStates states, TimeProvider time)
{
    /// <summary>How long a process goes by what it read last. Who wakes a read model waits that long before building it: what is projected meanwhile may pass it by, and is in the log by then.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private volatile Reading? _last;

    /// <summary>Every read model there is, alive or not.</summary>
    public ReadModelCatalogue Declared => declared;

    /// <summary>At most <see cref="Fresh"/> old.</summary>
    public async ValueTask<ReadModelCatalogue> NowAsync(CancellationToken ct)
    {
        if (_last is { } last && time.GetElapsedTime(last.At) < Fresh) return last.Models;
        var at = time.GetTimestamp();
        var said = await states.ReadAsync(ct);
        var models = new ReadModelCatalogue([.. declared.Models.Where(model => said.TryGetValue(model.Name, out var state) ? state == ReadModelState.Alive : !model.IsBornAsleep)]);
        _last = new Reading(at, models);
        return models;
    }

    private sealed record Reading(
        long At,
        ReadModelCatalogue Models);
}
