using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Building;
using ServerlessCqrs.Projections.Live;
using ServerlessCqrs.Projections.Routing;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Operating.Routing;

/// <summary>
/// Routes readers to versions of a read model. A version without a complete build gets no readers, and a version with
/// readers is not released. The journal records each action before it happens.
/// </summary>
internal sealed class RouteDesk(LiveReadModels live, IReadModelRoutes routes, Func<ReadModel, ReadModelBuild> buildOf, IOperationsJournal journal, string who, TimeProvider time)
{
    /// <summary>Routes these readers to a version, and all others to the first version.</summary>
    /// <param name="segments">Segments as clients name them. All segments of the same bucket are routed too.</param>
    /// <exception cref="OperatorException">The version cannot serve; the message says what to do.</exception>
    public async Task<ReadModelRoute> RouteAsync(string name, string version, int percent, IReadOnlyCollection<string> segments, CancellationToken ct)
    {
        var model = Find($"{name}-{version}");
        if (!model.IsBornAsleep) throw new OperatorException($"{model.Name} already serves all readers without a route. Use readmodel route back {name}.");
        if (segments.FirstOrDefault(segment => Segments.BucketOf(segment) is null) is { } wrong)
            throw new OperatorException($"'{wrong}' is not a segment. A segment has 1 to {Segments.LongestSegment} printable ASCII characters.");
        await EnsureBuiltAsync(model, ct);
        if ((await FindAsync(name, ct))?.IsFinal is true) await EnsureBuiltAsync(FirstOf(name), ct);

        var route = new ReadModelRoute(model.Name, percent, [.. segments.Select(segment => Segments.BucketOf(segment)!.Value).Distinct().Order()]);
        await RecordAsync("route", $"{model.Name}: {route}", ct);
        await routes.SetAsync(name, route, ct);
        return route;
    }

    /// <summary>Routes everybody to the first version.</summary>
    /// <returns>The route that ended; null if there was none.</returns>
    /// <exception cref="OperatorException">The first version is retired and not built again.</exception>
    public async Task<ReadModelRoute?> BackAsync(string name, CancellationToken ct)
    {
        if (!live.Declared.Models.Any(model => model.Family == name)) throw new OperatorException($"Read model {name} not found. The read models are {string.Join(", ", live.Declared.Models.Select(model => model.Family).Distinct())}.");
        if (await FindAsync(name, ct) is not { } route) return null;
        if (route.IsFinal) await EnsureBuiltAsync(FirstOf(name), ct);
        await RecordAsync("route back", route.Model, ct);
        await routes.RemoveAsync(name, ct);
        return route;
    }

    /// <summary>
    /// Takes a version out of use before it is retired. After <see cref="CurrentRoutes.Fresh"/> no process reads it.
    /// The first version can be retired only while another serves everybody.
    /// </summary>
    /// <exception cref="OperatorException">It serves readers; the message says what to do.</exception>
    public async Task ReleaseAsync(ReadModel model, CancellationToken ct)
    {
        var name = model.Family;
        var route = await FindAsync(name, ct);
        if (model.IsBornAsleep)
        {
            if (route?.Model == model.Name) throw new OperatorException($"{model.Name} serves {route}. Run readmodel route back {name} first.");
            await RecordAsync("retire", model.Name, ct);
            return;
        }

        var later = live.Declared.Models.FirstOrDefault(other => other.IsBornAsleep && other.Family == name) ?? throw new OperatorException($"{model.Name} serves all readers, and has no other version.");
        if (route is not { Percent: ReadModelRoute.Buckets })
            throw new OperatorException($"{model.Name} serves {(route is null ? "everybody" : "the rest")}. Run readmodel route {name} {later.Version} --percent 100 first.");
        await EnsureBuiltAsync(live.Declared[route.Model], ct);
        await RecordAsync("retire", model.Name, ct);
        await routes.SetAsync(name, new ReadModelRoute(route.Model, ReadModelRoute.Buckets, []) { IsFinal = true }, ct);
    }

    /// <summary>Which readers each version serves, for read models with a route.</summary>
    public async Task<IReadOnlyDictionary<ReadModel, string>> ListAsync(CancellationToken ct)
    {
        var all = await routes.ReadAsync(ct);
        return live.Declared.Models
            .Where(model => all.ContainsKey(model.Family))
            .ToDictionary(model => model, model => all[model.Family] is var route && route.Model == model.Name ? route.ToString() : model.IsBornAsleep || route.Percent == ReadModelRoute.Buckets ? "nobody" : "the rest");
    }

    /// <exception cref="OperatorException">It is asleep, or its build is not complete.</exception>
    private async Task EnsureBuiltAsync(ReadModel model, CancellationToken ct)
    {
        if (!(await live.NowAsync(ct)).Models.Contains(model) || !await buildOf(model).IsCompleteAsync(BuildScope.Everything, ct))
            throw new OperatorException($"{model.Name} is not built. Run readmodel build {model.Family} {model.Version}.");
    }

    private ReadModel FirstOf(string name) => live.Declared.Models.First(model => !model.IsBornAsleep && model.Family == name);

    private async Task<ReadModelRoute?> FindAsync(string name, CancellationToken ct) => (await routes.ReadAsync(ct)).GetValueOrDefault(name);

    private ReadModel Find(string name) => live.Declared.Models.FirstOrDefault(model => model.Name == name)
        ?? throw new OperatorException($"Read model {name} not found. The read models are {string.Join(", ", live.Declared.Models.Select(model => model.Name))}.");

    private Task RecordAsync(string what, string subject, CancellationToken ct) =>
        journal.WriteAsync([new Operation(time.GetUtcMilliseconds(), who, what, subject, Why: null)], ct);
}
