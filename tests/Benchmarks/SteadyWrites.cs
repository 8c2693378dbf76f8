using System.Diagnostics;

namespace ServerlessCqrs.Benchmarks;

/// <summary>
/// Writers next to another load: price changes on a schedule that does not wait for the answers (an open loop). Each
/// duration is measured from the planned time of the change to its outcome, so that a stall shows in all delayed
/// changes. The outcomes are read afterwards, because reading them earlier would be the greater load.
/// </summary>
internal sealed class SteadyWrites
{
    public static TimeSpan Every { get; } = TimeSpan.FromMilliseconds(50);

    private readonly LatencyClient _client;
    private readonly Guid[] _products;
    private int _begun;

    private SteadyWrites(LatencyClient client, int products) => (_client, _products) = (client, [.. Enumerable.Range(0, products).Select(_ => Guid.NewGuid())]);

    /// <summary>Creates the products, and changes each once to warm up.</summary>
    public static async Task<SteadyWrites> PrepareAsync(LatencyClient client, int products, CancellationToken ct)
    {
        var writes = new SteadyWrites(client, products);
        await Parallel.ForEachAsync(writes._products, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = ct }, async (product, token) =>
        {
            await client.CreateAsync(product, PriceOf(0), token);
            await client.ApplyPriceAsync(product, PriceOf(1), token);
        });
        return writes;
    }

    /// <summary>Writes until the other task ends. Returns the duration of each change in milliseconds.</summary>
    /// <exception cref="LatencyException">A change was not applied.</exception>
    public async Task<IReadOnlyList<double>> RunAsync(Task meanwhile, CancellationToken ct)
    {
        var begin = Stopwatch.GetTimestamp();
        List<Task<double>> changes = [];
        while (!meanwhile.IsCompleted)
        {
            var due = begin + (long)(changes.Count * Every.TotalSeconds * Stopwatch.Frequency);
            if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { Ticks: > 0 } early) await Task.Delay(early, ct);
            var number = _begun++;
            changes.Add(ChangeAsync(_products[number % _products.Length], PriceOf(2 + (number / _products.Length)), due, ct));
        }

        return await Task.WhenAll(changes);
    }

    private async Task<double> ChangeAsync(Guid product, decimal price, long due, CancellationToken ct)
    {
        await _client.ApplyPriceAsync(product, price, ct);
        return Stopwatch.GetElapsedTime(due).TotalMilliseconds;
    }

    /// <summary>A different price each time, never less than half of its predecessor.</summary>
    private static decimal PriceOf(int round) => 100 + round;
}
