using System.Net;
using System.Text.Json;
using ServerlessCqrs.Simulation.Machinery;

namespace ServerlessCqrs.Journeys.Chaos;

/// <summary>A customer who orders for as long as the chaos lasts, and thinks better of some of it.</summary>
internal sealed class ChaosCustomer(Client client, ulong number, IReadOnlyList<Guid> products, ChaosDice dice, Witness witness)
{
    private ulong _orders;

    /// <param name="over">From then on no answer is waited for.</param>
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

    /// <summary>Sends it again until it is answered: an order may well be in doubt in the end, and the checks know what became of it.</summary>
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
                // Like one that says that it failed.
            }

            witness.NoAnswer();
            await Task.Delay(200, CancellationToken.None);
        }
    }
}
