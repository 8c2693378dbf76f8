using System.Globalization;
using System.Text.Json.Nodes;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Functions.Health;
using ServerlessCqrs.Functions.Specs.Given;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Lambda.Metrics;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Building;
using ServerlessCqrs.Projections.Lag;
using ServerlessCqrs.Projections.Live;
using ServerlessCqrs.Projections.Reconciling;
using ServerlessCqrs.Projections.Stores;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.ShopViews;
using ServerlessCqrs.Streams;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Functions.Specs.LagAndDriftToAlarms;

public sealed class HealthHandlerSpecs : IDisposable
{
    private readonly AdvancingClock _clock = new();
    private readonly InMemoryEventLog _log;
    private readonly InMemoryStreamTips _tips = new();
    private readonly ReadModelStores _stores = ReadModelStores.InMemory(ShopReadModels.All);
    private readonly InMemoryLagWatermarks _watermarks = new();
    private readonly WatchedCheckpoints _checkpoints = new();
    private readonly StringWriter _lines = new(CultureInfo.InvariantCulture);
    private readonly KeptLog<HealthHandler> _warnings = new();

    public HealthHandlerSpecs() => _log = new InMemoryEventLog(_clock);

    public void Dispose() => _lines.Dispose();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lag_of_each_read_model_and_drift_are_CloudWatch_metrics()
    {
        await HappenAsync(1);
        _clock.Advance(TimeSpan.FromMinutes(10));

        await TickAsync();

        var lines = Lines();
        var products = lines.Single(line => (string?)line["ReadModel"] == "products-v1");
        Assert.Equal(HealthHandler.Observations, products["ReadModelLag"]!.AsArray().Count);
        Assert.All(products["ReadModelLag"]!.AsArray(), lag => Assert.InRange((long)lag!, 600_000, 610_000));
        Assert.Equal("""[["FunctionName","ReadModel"]]""", products["_aws"]!["CloudWatchMetrics"]![0]!["Dimensions"]!.ToJsonString());
        Assert.Equal("""[{"Name":"ReadModelLag","Unit":"Milliseconds"}]""", products["_aws"]!["CloudWatchMetrics"]![0]!["Metrics"]!.ToJsonString());
        Assert.Equal(5, lines.Count);
        var drift = lines.Single(line => line["Drift"] is not null);
        Assert.Equal(("health-function", 2L, 0L), ((string?)drift["FunctionName"], (long)drift["Drift"]!, (long)drift["Stuck"]!));
        Assert.Contains("products-v1 lagged too long on 1 streams", Assert.Single(_warnings.Warnings, line => line.StartsWith("products", StringComparison.Ordinal)), StringComparison.Ordinal);

        await TickAsync();
        Assert.NotNull(await _watermarks.FindAsync("products-v1", Ct));
        Assert.Equal(0, (long)Lines().Last(line => line["Drift"] is not null)["Drift"]!);
        Assert.All(Lines().Last(line => (string?)line["ReadModel"] == "products-v1")["ReadModelLag"]!.AsArray(), lag => Assert.Equal(0, (long)lag!));
    }

    [Fact]
    public async Task A_tick_takes_the_slice_after_the_last_ones_and_begins_anew_at_the_end()
    {
        for (var number = 0; number < HealthHandler.SliceStreams + 10; number++) await HappenAsync(number);
        _clock.Advance(TimeSpan.FromMinutes(10));

        List<long> drift = [];
        for (var tick = 0; tick < 3; tick++)
        {
            await TickAsync();
            drift.Add((long)Lines().Last(line => line["Drift"] is not null)["Drift"]!);
            Assert.Equal(tick != 0, await _checkpoints.FindAsync(HealthHandler.Checkpoint, Ct) is null);
            if (tick == 1) break;
        }

        Assert.Equal([2 * HealthHandler.SliceStreams, 20], drift);
    }

    [Fact]
    public async Task Tick_whose_time_is_up_keeps_its_place_and_the_next_goes_on_there()
    {
        for (var number = 0; number < 3 * HealthHandler.StepStreams; number++) await HappenAsync(number);
        _clock.Advance(TimeSpan.FromMinutes(10));
        using var time = new CancellationTokenSource();
        _checkpoints.Saved = place =>
        {
            if (place.Streams >= 2 * HealthHandler.StepStreams) time.Cancel();
        };

        await TickAsync(time.Token);

        Assert.Equal(2 * HealthHandler.StepStreams, (await _checkpoints.FindAsync(HealthHandler.Checkpoint, Ct))!.Streams);
        Assert.Equal(4 * HealthHandler.StepStreams, (long)Lines().Last(line => line["Drift"] is not null)["Drift"]!);

        await TickAsync();

        Assert.Null(await _checkpoints.FindAsync(HealthHandler.Checkpoint, Ct));
        Assert.Equal(2 * HealthHandler.StepStreams, (long)Lines().Last(line => line["Drift"] is not null)["Drift"]!);
    }

    private IReadOnlyList<JsonNode> Lines() => [.. _lines.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];

    private async Task TickAsync(CancellationToken? ct = null)
    {
        var models = new LiveReadModels(ShopReadModels.All.Over(_stores, new StreamReader(_log, _tips)), new InMemoryReadModelStates(), _clock);
        var metrics = new EmbeddedHealthMetrics(new EmbeddedMetrics(_lines, "Shop", "health-function", _clock), "ReadModelLag", "Drift", "Stuck");
        var handler = new HealthHandler(new ReadModelLags(models, _log, _watermarks, _watermarks), new Reconciler(models, _log, _tips, _log, _clock), _checkpoints, metrics, _clock, _warnings);
        await handler.HandleAsync(new ScheduledEvent("tick", _clock.GetUtcNow()), new InvocationContext("request", "arn", null, _clock.GetUtcNow().AddMinutes(2)), ct ?? Ct);
    }

    /// <summary>Creates a product, and projects it to no read model.</summary>
    private async Task HappenAsync(int number)
    {
        var stream = ProductStreams.IdOf(new Guid(number, 1, 0, new byte[8]));
        var created = new ProductCreated("seller-1", $"Lamp {number}", "Bright", "light", new Money(10, "USD"), 1, "WH_001", new Dictionary<string, string>(), []);
        var e = EventRecord.Of(ShopContracts.Events, stream, 1, created, Guid.NewGuid(), 0, new Actor("seller-1", ShopRoles.Seller), _clock.GetUtcNow());
        await _log.AppendAsync([e], [], Ct);
        Assert.True(await _tips.CommitAsync(new StreamTip(stream, 1, 1, "{}", new SourcePosition("here", "1"), e.At, new Commit([e], []), OutcomeRing.Empty), null, Ct));
    }

    private sealed class WatchedCheckpoints : IBuildCheckpoints
    {
        private readonly InMemoryBuildCheckpoints _kept = new();

        public Action<BuildCheckpoint> Saved { get; set; } = _ => { };

        public Task<BuildCheckpoint?> FindAsync(string name, CancellationToken ct) => _kept.FindAsync(name, ct);

        public async Task SaveAsync(string name, BuildCheckpoint checkpoint, CancellationToken ct)
        {
            await _kept.SaveAsync(name, checkpoint, ct);
            Saved(checkpoint);
        }

        public Task CompleteAsync(string name, CancellationToken ct) => _kept.CompleteAsync(name, ct);

        public Task<bool> IsCompleteAsync(string name, CancellationToken ct) => _kept.IsCompleteAsync(name, ct);

        public Task DeleteAsync(string name, CancellationToken ct) => _kept.DeleteAsync(name, ct);
    }
}
