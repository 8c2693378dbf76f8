using System.Net;
using ServerlessCqrs.Simulation.Checks;

namespace ServerlessCqrs.Journeys.Chaos;

/// <summary>
/// Reads products from the API itself. Degraded answers must not be cacheable, cacheable answers must not be degraded,
/// and answers of the read model never go back.
/// </summary>
internal sealed class ChaosReader(Client anybody, IReadOnlyList<Guid> products, ChaosDice dice, Witness witness)
{
    private readonly Dictionary<Guid, long> _newest = [];

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await ReadAsync(products[dice.Roll("reader.product", products.Count)]);
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                witness.NoAnswer();
            }

            await Task.Delay(10, CancellationToken.None);
        }
    }

    private async Task ReadAsync(Guid product)
    {
        var answer = await anybody.GetFromApiAsync($"products/{product}");
        if (answer.Status != HttpStatusCode.OK)
        {
            if (answer.Status < HttpStatusCode.InternalServerError) witness.Break(Invariants.AnswerIsNew, $"{product}: {answer.Status} {answer.Text}");
            witness.NoAnswer();
            return;
        }

        witness.Read();
        var isFolded = answer.IsFolded;
        var isPublic = answer.Header("Cache-Control")?.StartsWith("public", StringComparison.Ordinal) is true;
        if (isFolded == isPublic) witness.Break(isPublic ? Invariants.KeptByNoOne : Invariants.PublicIsKept, $"{product}: {answer.Header("Cache-Control")}, {answer.Header("X-Answered-From")}");
        var version = answer.Json.GetProperty("version").GetInt64();
        if (isFolded) return;
        if (version < _newest.GetValueOrDefault(product)) witness.Break(Invariants.ItemNeverFalls, $"{product} was at v{_newest[product]}, and is at v{version}");
        _newest[product] = version;
    }
}
