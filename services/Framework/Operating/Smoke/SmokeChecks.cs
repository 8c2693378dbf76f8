using System.Text.Json;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Operating.Smoke;

/// <summary>The checks of a smoke test that any system has.</summary>
public sealed class SmokeChecks(SystemTopology topology, SmokeClient client, ISmokeStores stores, SmokeRun run)
{
    /// <summary>Checks the health route.</summary>
    public async Task<string> HealthAsync(CancellationToken ct)
    {
        var health = await client.GetAsync("health", null, ct);
        return health.Text("status") == "ok"
            ? "everything answers"
            : throw new SmokeFailedException($"the {topology.Name} is not well: {health.Raw}");
    }

    /// <summary>Checks that no read model is behind for longer than the topology allows.</summary>
    public async Task<string> LagAsync(CancellationToken ct)
    {
        var answer = await run.UntilAsync(
            async () => await client.GetAsync("health/sync-lag", null, ct),
            found => LagsOf(found) is { Count: > 0 } lags && lags.Values.Max() < topology.Watch.LagLimit.TotalMilliseconds,
            found => $"read models are behind: {found.Raw}",
            ct);
        return $"at most {LagsOf(answer).Values.Max():N0} ms, of {LagsOf(answer).Count} read models";
    }

    /// <summary>Verifies the stream that the steps wrote.</summary>
    /// <param name="what">What the stream holds, for example "account".</param>
    public async Task<string> VerifyAsync(StreamId stream, string what, CancellationToken ct)
    {
        var report = await stores.VerifyAsync(stream, ct);
        if (!report.IsClean)
            throw new SmokeFailedException(string.Join("; ", report.Kept.Select(difference => $"{difference.Kind} {difference.Text}")));
        return report is { Events: > 0, Items: > 0 }
            ? $"{report.Events} events, {report.Commands} commands and {report.Items} items agree"
            : throw new SmokeFailedException(
                $"the stores hold {report.Events} events and {report.Items} items of the {what}: "
                    + "is this stack the one that the edge belongs to?");
    }

    private static IReadOnlyDictionary<string, long> LagsOf(SmokeAnswer answer) =>
        answer.Body is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("readModels", out var models)
            ? models.EnumerateObject().ToDictionary(model => model.Name, model => model.Value.GetProperty("lagMs").GetInt64())
            : new Dictionary<string, long>();
}
