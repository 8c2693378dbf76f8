using System.Globalization;
using System.Net;
using System.Text.Json;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Simulation.Checks;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Journeys.Chaos;

/// <summary>
/// A seller who changes products during the chaos. Each command has its own key, and is retried until it is answered.
/// The seller also checks that they see their changes.
/// </summary>
internal sealed class ChaosClient(Client client, string issuer, int number, IReadOnlyList<Guid> products, ChaosDice dice, Witness witness)
{
    // A command without an answer stays in doubt. The checks find its outcome.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Dictionary<StreamId, Guid> _acknowledged = [];
    private int _commands;

    /// <param name="over">Cancelled when no answer is awaited any more.</param>
    public async Task RunAsync(CancellationToken stop, CancellationToken over)
    {
        while (!stop.IsCancellationRequested)
        {
            var product = products[dice.Roll("client.product", products.Count)];
            var (command, path, body) = Next(product);
            var stream = ProductStreams.IdOf(product);
            var key = string.Create(CultureInfo.InvariantCulture, $"client-{number}-{_commands++}");
            var asked = new Asked(stream, command, new Actor(client.Subject, ShopRoles.Seller), null, _acknowledged.TryGetValue(stream, out var before) ? before : null);
            witness.Asked[CommandIds.OfKey(issuer, client.Subject, stream, key)] = asked;
            if (await SendAsync(path, body, key, stop, over) is { } answer) await TakeAsync(product, stream, answer);
        }
    }

    /// <summary>
    /// Prices with so many different cents that hardly two falls, and so hardly two mails, are equal.
    /// </summary>
    private (ICommand Command, string Path, object Body) Next(Guid product)
    {
        if (dice.Roll("client.what") < 0.5)
        {
            var delta = dice.Roll("client.delta", 9) - 4;
            var reason = string.Create(CultureInfo.InvariantCulture, $"count {number}.{_commands}");
            return (new AdjustInventory(delta == 0 ? 5 : delta, reason), $"products/{product}/stock", new { delta = delta == 0 ? 5 : delta, reason });
        }

        var amount = 60 + (dice.Roll("client.price", 6_000) / 100m);
        return (new UpdateProductPrice(new Money(amount, "USD")), $"products/{product}/price", Client.Price(amount));
    }

    private async Task<Answer?> SendAsync(string path, object body, string key, CancellationToken stop, CancellationToken over)
    {
        var giveUp = DateTimeOffset.UtcNow + Patience;
        while (DateTimeOffset.UtcNow < giveUp)
        {
            try
            {
                (string, string)[] headers = dice.Roll("client.waits") < 0.3 ? [("Idempotency-Key", key), ("Prefer", "wait=5")] : [("Idempotency-Key", key)];
                var answer = await client.PostAsync(path, body, headers).WaitAsync(over);
                if ((int)answer.Status < 500) return answer;
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                // Like an answer that reports a failure.
            }

            witness.NoAnswer();
            if (stop.IsCancellationRequested) return null;
            await Task.Delay(200, CancellationToken.None);
        }

        return null;
    }

    private async Task TakeAsync(Guid product, StreamId stream, Answer answer)
    {
        if (!answer.Json.TryGetProperty("commandId", out var id))
        {
            witness.Break(Invariants.TurnedAwayRightly, $"{answer.Status} {answer.Text}");
            return;
        }

        var isPending = answer.Status == HttpStatusCode.Accepted;
        var told = new Told(
            id.GetGuid(),
            stream,
            isPending ? null : (int)answer.Status >= 400 ? CommandStatus.Refused : answer.Json.GetProperty("status").GetString() == "applied" ? CommandStatus.Applied : CommandStatus.Unchanged,
            answer.Code,
            isPending ? 0 : answer.Json.GetProperty("version").GetInt64());
        witness.Told.Enqueue(told);
        _acknowledged[stream] = told.CommandId;
        if (told.Version > 0) await LookAsync(product, told.Version);
    }

    /// <summary>Reads their own write, through the edge or past it.</summary>
    private async Task LookAsync(Guid product, long version)
    {
        try
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"products/{product}?atLeastVersion={version}");
            var answer = dice.Roll("client.passes-the-edge") < 0.5 ? await client.GetFromApiAsync(path) : await client.GetAsync(path);
            if (answer.Status != HttpStatusCode.OK) return;
            witness.Read();
            if (answer.Json.GetProperty("version").GetInt64() is var seen && seen < version) witness.Break(Invariants.ReadsOwnWrites, $"{product} is at v{seen} where v{version} was asked for");
            if (answer.Header("Cache-Control")?.Contains("no-store", StringComparison.Ordinal) is not true) witness.Break(Invariants.KeptByNoOne, $"{path}: {answer.Header("Cache-Control")}");
            if (answer.Header("ETag")?.Trim('W', '/', '"') != seen.ToString(CultureInfo.InvariantCulture)) witness.Break(Invariants.AnswerIsTheFold, $"{path}: v{seen} has the tag {answer.Header("ETag")}");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or JsonException)
        {
            witness.NoAnswer();
        }
    }
}
