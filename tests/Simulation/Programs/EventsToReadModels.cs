using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Functions.ReadModels;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Live;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Scene;

namespace ServerlessCqrs.Simulation.Programs;

/// <summary>The function that projects read models.</summary>
internal static class EventsToReadModels
{
    public static ISqsBatchHandler Of(World world, SimProcess process, EventFollower follower, IEventHistory history, IStreamTips tips)
    {
        var stores = Stores.ReadModels(world, process);
        var catalogue = ShopReadModels.All.Over(stores, new StreamReader(history, tips), new BestEffortSnapshots(world.Snapshots, NullLogger<BestEffortSnapshots>.Instance));
        return world.Parts.Project is { } project
            ? new WrongFollower(follower, Both(project(stores.Of(ShopReadModels.ProductDocuments)), WithoutProducts(catalogue).ProjectAsync))
            : new ReadModelBatchHandler(follower, new LiveReadModels(catalogue, new SlowStates(world.SlowSlice, process.Clock), process.Clock));
    }

    /// <summary>For a mutant that replaces the products' own projector.</summary>
    private static ReadModelCatalogue WithoutProducts(ReadModelCatalogue catalogue) => new([.. catalogue.Models.Select(model =>
        model.Name == ShopReadModels.ProductsV1 ? model with { Followers = [.. model.Followers.Where(one => one.Category != ProductStreams.Category)] } : model)]);

    private sealed class SlowStates(TimeSpan each, TimeProvider clock) : IReadModelStates
    {
        private readonly InMemoryReadModelStates _states = new();

        public async Task<IReadOnlyDictionary<string, ReadModelState>> ReadAsync(CancellationToken ct)
        {
            if (each > TimeSpan.Zero) await Task.Delay(each, clock, ct);
            return await _states.ReadAsync(ct);
        }

        public Task SetAsync(string readModel, ReadModelState state, CancellationToken ct) => _states.SetAsync(readModel, state, ct);
    }

    private static FollowStreams Both(FollowStreams one, FollowStreams other) => async (streams, ct) =>
    {
        var errors = (await one(streams, ct)).ToDictionary();
        foreach (var (stream, error) in await other(streams, ct)) errors.TryAdd(stream, error);
        return errors;
    };
}
