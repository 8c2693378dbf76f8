using ServerlessCqrs.Operating.Building;
using ServerlessCqrs.Operating.Stacks;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Building;
using ServerlessCqrs.Projections.Routing;
using ServerlessCqrs.WebConsole;
using ServerlessCqrs.WebConsole.ReadModels;

namespace ServerlessCqrs.Operating.ConsolePage;

/// <summary>What <c>operator readmodel</c> does, as the console uses it.</summary>
internal sealed class ConsoleReadModelDesk(OperatedStack stack, TimeProvider time) : IReadModelDesk
{
    public async Task<IReadOnlyList<ModelVersion>> ListAsync(CancellationToken ct)
    {
        var alive = (await stack.Live.NowAsync(ct)).Models;
        var routes = await stack.Routes.ReadAsync(ct);
        return await Task.WhenAll(stack.Models.Models.Select(async model =>
        {
            var route = routes.GetValueOrDefault(model.Family);
            var isRouted = route?.Model == model.Name;
            var isAlive = alive.Contains(model);
            return new ModelVersion(
                model.Family,
                model.Version,
                !model.IsBornAsleep,
                isAlive,
                isAlive && (!model.IsBornAsleep || await stack.BuildOf(model).IsCompleteAsync(BuildScope.Everything, ct)),
                isRouted ? route!.Percent : model.IsBornAsleep ? 0 : ReadModelRoute.Buckets - (route?.Percent ?? 0),
                isRouted ? route!.Named : [],
                [.. model.Followers.Select(follower => follower.Category)]);
        }));
    }

    public Task RouteAsync(string name, string version, int percent, CancellationToken ct) =>
        AskAsync(() => stack.RouteDesk.RouteAsync(name, version, percent, [], ct));

    public Task BackAsync(string name, CancellationToken ct) => AskAsync(() => stack.RouteDesk.BackAsync(name, ct));

    public async Task<BuildReport> BuildAsync(string name, string version, Action<BuildProgress> progress, CancellationToken ct)
    {
        var model = Find(name, version);
        await new ReadModelLife(stack, time).WakeAsync(model, ct);
        return await stack.BuildOf(model).RunAsync(BuildScope.Everything, writesPerSecond: null, progress, ct);
    }

    public async Task<Comparison> CompareAsync(string name, string version, string? beside, Action<long> progress, CancellationToken ct)
    {
        var comparison = new ReadModelComparison(Find(name, version), beside is null ? null : Find(name, beside), stack.History, stack.Streams, time);
        var report = await comparison.RunAsync(progress, ct);
        return new Comparison(report.Items, report.Missing, report.OnTheWay, report.Differing, [.. report.First.Select(one => $"{one.Stream}: {one.Text}")], report.BesideIt);
    }

    public Task<long> RetireAsync(string name, string version, CancellationToken ct) =>
        AskAsync(() => new ReadModelLife(stack, time).RetireAsync(Find(name, version), ct));

    private ReadModel Find(string name, string version) => stack.Models.Models.FirstOrDefault(model => model.Name == $"{name}-{version}")
        ?? throw new RefusedException($"Read model {name}-{version} not found.");

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (OperatorException e)
        {
            throw new RefusedException(e.Message, e);
        }
    }
}
