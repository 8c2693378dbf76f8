using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ServerlessCqrs.Benchmarks;

/// <summary>
/// Reads unchanged products at the edge while another version of the read model gets some of the readers, then all,
/// then none.
/// </summary>
internal sealed class SwitchedReaders(RunningStack stack, IReadOnlyList<Guid> products)
{
    private const int Readers = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Stage = TimeSpan.FromSeconds(5);

    private readonly ConcurrentQueue<string> _wrong = [];
    private int _byFirst, _bySecond;

    /// <summary>Routes to version 2 and back. Returns the result as one line.</summary>
    /// <exception cref="LatencyException">A response was missing or wrong, or version 2 never answered.</exception>
    public async Task<string> RunAsync(OwnStack operated, CancellationToken ct)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var reading = Task.WhenAll(Enumerable.Range(0, Readers).Select(number => ReadAsync(number, done.Token)));
        foreach (var route in (string[][])[["v2", "--percent", "10"], ["v2", "--percent", "100"]])
        {
            await operated.OperateAsync(["readmodel", "route", "products", .. route], ct);
            await Task.Delay(Stage, ct);
        }

        await operated.OperateAsync(["readmodel", "route", "back", "products"], ct);
        await Task.Delay(Stage, ct);
        await done.CancelAsync();
        await reading;
        if (!_wrong.IsEmpty) throw new LatencyException($"{_wrong.Count} answers were missing or wrong, the first: {_wrong.First()}");
        if (_bySecond == 0) throw new LatencyException("Version 2 answered nobody.");
        return string.Create(CultureInfo.InvariantCulture, $"routed to products-v2 by 10 %, wholly, and back: {_byFirst + _bySecond:#,0} answers, {_bySecond:#,0} by version 2; none missing, none wrong");
    }

    private async Task ReadAsync(int number, CancellationToken stop)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Shop-Segment", $"session-{number}");
        for (var i = number; !stop.IsCancellationRequested; i += Readers)
        {
            var product = products[i % products.Count];
            using var answer = await http.GetAsync(new Uri(stack.Edge, $"products/{product}"), CancellationToken.None);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                _wrong.Enqueue($"{product}: {(int)answer.StatusCode}");
                continue;
            }

            var document = await answer.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None);
            if (document.GetProperty("id").GetGuid() != product || document.GetProperty("pricing").GetProperty("currentPrice").GetDecimal() != HistorySeed.LastPrice) _wrong.Enqueue($"{product}: {document}");
            Interlocked.Increment(ref document.TryGetProperty("priceHistory", out _) ? ref _bySecond : ref _byFirst);
            await Task.Delay(Pause, CancellationToken.None);
        }
    }
}
