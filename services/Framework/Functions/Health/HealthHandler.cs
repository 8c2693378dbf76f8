using Microsoft.Extensions.Logging;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Projections.Building;
using ServerlessCqrs.Projections.Lag;
using ServerlessCqrs.Projections.Reconciling;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Functions.Health;

/// <summary>
/// Samples the lag of each read model <see cref="Observations"/> times, then reconciles the next slice of all streams.
/// A slice starts where the last tick stopped, and the first slice follows the last, so every stream is checked
/// repeatedly. A tick that runs out of time saves its position for the next tick.
/// </summary>
public sealed partial class HealthHandler(
    ReadModelLags lags,
    Reconciler reconciler,
    IBuildCheckpoints checkpoints,
    IHealthMetrics metrics,
    TimeProvider clock,
    ILogger<HealthHandler> log) : IScheduledHandler
{
    /// <summary>Enough samples that an hour's 99th percentile is below its maximum.</summary>
    public const int Observations = 10;

    /// <summary>
    /// With five read units per stream and 288 ticks a day this costs about $5 a month. 100,000 streams take eight
    /// hours.
    /// </summary>
    public const int SliceStreams = 1_000;

    /// <summary>The name under which the position is saved.</summary>
    public const string Checkpoint = "reconciliation";

    private static readonly TimeSpan BetweenObservations = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The streams reconciled before each save of the position. A tick that runs out of time keeps the steps that it
    /// finished.
    /// </summary>
    public const int StepStreams = 100;

    public async Task HandleAsync(ScheduledEvent tick, InvocationContext context, CancellationToken ct)
    {
        await ObserveAsync(ct);

        var report = await ReconcileAsync(ct);
        metrics.RecordDrift(report);
        foreach (var model in report.Models)
        {
            if (model.Repaired > 0) LogRepaired(model.Model, model.Repaired);
            foreach (var item in model.Stuck) LogStuck(model.Model, item.Stream.ToString(), item.ItemVersion, item.StreamVersion, item.Reason);
        }
    }

    /// <summary>Reconciles the tick's slice step by step until the time runs out.</summary>
    /// <exception cref="OperationCanceledException">The time ran out before the first step was done.</exception>
    private async Task<ReconcileReport> ReconcileAsync(CancellationToken ct)
    {
        var place = await checkpoints.FindAsync(Checkpoint, ct);
        ReconcileReport? all = null;
        while (true)
        {
            ReconcileReport step;
            StreamId? through;
            try
            {
                ct.ThrowIfCancellationRequested();
                (step, through) = await reconciler.RunAsync(place?.Through, (int)Math.Min(StepStreams, SliceStreams - (all?.Streams ?? 0)), Reconciler.Grace, ct);
            }
            catch (Exception) when (ct.IsCancellationRequested && all is not null)
            {
                return all;
            }

            all = all is null ? step : all.Plus(step);
            // Saves the finished step even when the time has just run out.
            place = through is { } reached ? new BuildCheckpoint(reached, (place?.Streams ?? 0) + step.Streams, Events: 0) : null;
            if (place is null) await checkpoints.DeleteAsync(Checkpoint, CancellationToken.None);
            else await checkpoints.SaveAsync(Checkpoint, place, CancellationToken.None);
            if (place is null || all.Streams >= SliceStreams) return all;
        }
    }

    private async Task ObserveAsync(CancellationToken ct)
    {
        var seen = new Dictionary<string, List<long>>();
        for (var i = 0; i < Observations; i++)
        {
            if (i > 0) await Task.Delay(BetweenObservations, clock, ct);
            foreach (var lag in await lags.ObserveAsync(ct))
            {
                if (!seen.TryGetValue(lag.Name, out var ofModel)) seen.Add(lag.Name, ofModel = []);
                ofModel.Add(lag.LagMs);
            }
        }

        foreach (var (model, lagMs) in seen) metrics.RecordLag(model, lagMs);
    }

    [LoggerMessage(1, LogLevel.Warning, "{Model} lagged too long on {Items} streams, because messages were lost or became dead letters. Repaired.")]
    private partial void LogRepaired(string model, long items);

    [LoggerMessage(2, LogLevel.Error, "{Model} is stuck on {Stream} at version {ItemVersion} of {StreamVersion}: {Reason}")]
    private partial void LogStuck(string model, string stream, long itemVersion, long streamVersion, string reason);
}
