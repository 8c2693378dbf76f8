namespace ServerlessCqrs.Projections.Live;

/// <summary>The read models that are live now: as declared, unless operators changed it. Thread-safe.</summary>
public sealed class LiveReadModels(ReadModelCatalogue declared, IReadModelStates states, TimeProvider time)
{
    /// <summary>
    /// How long a process uses the states it read last. After waking a read model, wait this long before building it.
    /// Events of that time may not be projected, but are then in the log.
    /// </summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private volatile Reading? _last;

    /// <summary>Every declared read model, live or not.</summary>
    public ReadModelCatalogue Declared => declared;

    /// <summary>Returns the live read models, at most <see cref="Fresh"/> old.</summary>
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
