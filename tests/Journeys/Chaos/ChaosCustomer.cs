using System.Net;
using System.Text.Json;
using ServerlessCqrs.Simulation.Machinery;

namespace ServerlessCqrs.Journeys.Chaos;

/// <summary>A customer who places orders during the chaos, and cancels some.</summary>
internal sealed class ChaosCustomer(Client client, ulong number, IReadOnlyList<Guid> products, ChaosDice dice, Witness witness)
{
    private ulong _orders;

    /// <param name="over">Cancelled when no answer is awaited any more.</param>
    public async Task RunAsync(CancellationToken stop, CancellationToken over)
    {
        while (!stop.IsCancellationRequested)
        {
            var order = Mix.Uuid(number, _orders++);
            witness.Orders.Enqueue(order);
            Guid[] wanted = [.. Enumerable.Range(0, 2).Select(_ => products[dice.Roll("customer.product", products.Count)]).Distinct()];
            await SendAsync(HttpMethod.Post, "orders", new { id = order, items = wanted.Select(product => new { productId = product, quantity = 1 + dice.Roll("customer.pieces", 3) }) }, $"order-{order}", stop, over);
            await Task.Delay(TimeSpan.FromMilliseconds(500 * dice.Roll("customer.pause")), CancellationToken.None);
            if (dice.Roll("customer.cancels") < 0.3) await SendAsync(HttpMethod.Delete, $"orders/{order}?reason=changed", null, $"cancel-{order}", stop, over);
        }
    }

    /// <summary>
    /// Retries until there is an answer. An order may stay in doubt, and the checks find its outcome.
    /// </summary>
    private async Task SendAsync(HttpMethod method, string path, object? body, string key, CancellationToken stop, CancellationToken over)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if ((await client.SendAsync(method, path, body, ("Idempotency-Key", key)).WaitAsync(over)).Status < HttpStatusCode.InternalServerError) return;
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException or JsonException)
            {
                // Like an answer that reports a failure.
            }

            witness.NoAnswer();
            await Task.Delay(200, CancellationToken.None);
        }
    }
}
