using System.Diagnostics;
using System.Globalization;

namespace ServerlessCqrs.Benchmarks;

/// <summary>
/// Changes prices on a schedule that does not wait for the responses (an open loop), and follows each change until the
/// read model shows it. Every figure counts from the planned time of the change, so a stall shows in all the changes
/// that it delays.
/// </summary>
internal static class LatencyBenchmark
{
    private const int Products = 50;
    private const int Changes = 500;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan VisibleWithin = TimeSpan.FromMinutes(2);

    public static async Task RunAsync(RunningStack stack, CancellationToken ct)
    {
        using var client = new LatencyClient(stack);
        Console.WriteLine($"Creating {Products} products, and changing each once to warm up ...");
        var products = await PrepareAsync(client, ct);
        Console.WriteLine($"{Changes} price changes at {1 / Every.TotalSeconds:0} a second ...");
        var begin = Stopwatch.GetTimestamp();
        var changes = await ChangeAsync(client, products, Changes, Every, ct);
        Print(changes, Stopwatch.GetElapsedTime(begin));
    }

    /// <summary>Creates the products and changes the price of each once. They are then at version 2.</summary>
    public static async Task<IReadOnlyList<Guid>> PrepareAsync(LatencyClient client, CancellationToken ct)
    {
        var products = Enumerable.Range(0, Products).Select(_ => Guid.NewGuid()).ToArray();
        await Parallel.ForEachAsync(products, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = ct }, async (product, token) =>
        {
            await client.CreateAsync(product, PriceOf(0), token);
            await FollowAsync(client, product, version: 2, Stopwatch.GetTimestamp(), token);
        });
        return products;
    }

    /// <summary>Changes prices at this pace and follows each change. The products are at version 2 before.</summary>
    public static async Task<IReadOnlyList<Timings>> ChangeAsync(LatencyClient client, IReadOnlyList<Guid> products, int count, TimeSpan every, CancellationToken ct)
    {
        using var abort = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var begin = Stopwatch.GetTimestamp();
        var changes = new List<Task<Timings>>(count);
        for (var i = 0; i < count && !abort.IsCancellationRequested; i++)
        {
            var due = begin + (long)(i * every.TotalSeconds * Stopwatch.Frequency);
            if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { Ticks: > 0 } early) await Task.Delay(early, ct);
            changes.Add(FollowOrAbortAsync(products[i % products.Count], version: 3 + (i / products.Count), due));
        }

        return await Task.WhenAll(changes);

        // The first failure ends the run, because later ones would only repeat it.
        async Task<Timings> FollowOrAbortAsync(Guid product, long version, long due)
        {
            try
            {
                return await FollowAsync(client, product, version, due, abort.Token);
            }
            catch (Exception e) when (e is LatencyException or HttpRequestException)
            {
                await abort.CancelAsync();
                throw;
            }
        }
    }

    private static async Task<Timings> FollowAsync(LatencyClient client, Guid product, long version, long due, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(VisibleWithin);
        var reached = "acknowledged";
        try
        {
            var status = await client.ChangePriceAsync(product, PriceOf(version), patience.Token);
            var acknowledged = Stopwatch.GetElapsedTime(due);
            reached = "applied";
            var applied = await client.AppliedAsync(status, patience.Token);
            var outcome = Stopwatch.GetElapsedTime(due);
            if (applied != version) throw new LatencyException($"{product} came to version {applied} where {version} was due.");
            reached = "visible";
            await client.VisibleAsync(product, version, patience.Token);
            return new Timings(acknowledged, outcome, Stopwatch.GetElapsedTime(due));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new LatencyException($"Version {version} of {product} was not {reached} within {VisibleWithin.TotalSeconds:0} s.");
        }
    }

    /// <summary>A different price for each version, never less than half of its predecessor.</summary>
    private static decimal PriceOf(long version) => 100 + version;

    private static void Print(IReadOnlyList<Timings> timings, TimeSpan took)
    {
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ms after a change was due, {timings.Count} changes of {Products} products in {took.TotalSeconds:0.0} s |    p50 |    p90 |    p99 |    max"));
        Row("acknowledged (202 at the edge)", timing => timing.Acknowledged);
        Row("outcome (GET statusUrl)", timing => timing.Outcome);
        Row("visible in the read model (GET /products/{id})", timing => timing.Visible);

        void Row(string name, Func<Timings, TimeSpan> value)
        {
            double[] sorted = [.. timings.Select(timing => value(timing).TotalMilliseconds).Order()];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-69} | {Percentile.Of(sorted, 0.5),6:0} | {Percentile.Of(sorted, 0.9),6:0} | {Percentile.Of(sorted, 0.99),6:0} | {sorted[^1],6:0}"));
        }
    }

    /// <summary>Durations from the planned time of a change.</summary>
    internal sealed record Timings(
        TimeSpan Acknowledged,
        TimeSpan Outcome,
        TimeSpan Visible);
}
