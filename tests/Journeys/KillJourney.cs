using System.Collections.Concurrent;
using System.Globalization;
using System.Net;

namespace ServerlessCqrs.Journeys;

/// <summary>
/// While commands run, every process with persistent data is killed with SIGKILL at least once. Nothing is lost or
/// duplicated.
/// </summary>
[Collection(JourneysCollection.Name)]
public sealed class KillJourney(LocalStack stack)
{
    private const int Commands = 500;
    private const int Products = 20;
    private const int Clients = 8;
    private const int AtOnce = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    // SNS, SQS and the mail service's store are in memory here, so killing them loses data by the emulator's design.
    private static readonly string[] Spared = ["sns-sqs", "ses"];

    [Trait("Guarantee", "the whole stack: every process is killed under load: nothing is lost or doubled")]
    [Fact]
    public async Task Killing_every_process_loses_and_doubles_nothing()
    {
        var seller = await stack.UserAsync("seller");
        var customer = await stack.UserAsync("customer");
        var products = new List<Guid>();
        for (var i = 0; i < Products; i++) products.Add(await seller.CreateProductAsync());
        foreach (var product in products) Assert.True((int)(await customer.SendAsync(HttpMethod.Put, $"products/{product}/watch", null, ("Prefer", "wait=20"))).Status < 300);

        var acknowledged = new ConcurrentBag<string>();
        var next = 0;
        var victims = new ConcurrentQueue<string>(stack.ProcessNames.Except(Spared));
        var clients = Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            // Commands continue until all are sent and all processes were killed.
            while (Interlocked.Increment(ref next) is var number && (number <= Commands || !victims.IsEmpty)) acknowledged.Add(await SendAsync(seller, products[number % Products], number));
        })).ToArray();
        foreach (var doomed in victims.Chunk(AtOnce).ToList())
        {
            await Task.WhenAll(doomed.Select(stack.KillAsync));
            foreach (var _ in doomed) victims.TryDequeue(out var _);
        }

        await Task.WhenAll(clients);
        Assert.True(acknowledged.Count >= Commands);
        await Parallel.ForEachAsync(acknowledged, new ParallelOptions { MaxDegreeOfParallelism = Clients }, async (status, _) => await HasOutcomeAsync(seller, status));
        using var queues = new Queues(stack);
        await queues.DrainedAsync();
        await Operator.VerifyAsync(stack);

        var mails = await Mailbox.OfAsync(stack, customer.Subject);
        Assert.NotEmpty(mails);
        // A mail contains the product, both prices and its event's id.
        Assert.Empty(mails.GroupBy(mail => mail.Text).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    /// <summary>Retries with the same key until the command is acknowledged.</summary>
    private static async Task<string> SendAsync(Client seller, Guid product, int number)
    {
        var key = ("Idempotency-Key", $"kill-{number}-{product}");
        var giveUp = DateTimeOffset.UtcNow + Patience;
        while (true)
        {
            try
            {
                var answer = number % 2 == 0
                    ? await seller.PostAsync($"products/{product}/stock", new { delta = 1, reason = string.Create(CultureInfo.InvariantCulture, $"delivery {number}") }, key)
                    // Each product's prices differ by different cents, so that all mails differ.
                    : await seller.PostAsync($"products/{product}/price", Client.Price(80 + (number % 40) + (number / 40 / 100m)), key);
                if ((int)answer.Status is >= 200 and < 300) return answer.Json.GetProperty("statusUrl").GetString()!.TrimStart('/');
                Assert.True((int)answer.Status >= 500, $"{answer.Status}: {answer.Text}");
            }
            catch (HttpRequestException) when (DateTimeOffset.UtcNow < giveUp)
            {
            }

            Assert.True(DateTimeOffset.UtcNow < giveUp, "no acknowledgement");
        }
    }

    private static Task HasOutcomeAsync(Client seller, string status)
    {
        var last = "";
        return Eventually.TrueAsync(
            async () =>
            {
                var answer = await seller.GetAsync(status);
                last = answer.Text;
                return answer.Status == HttpStatusCode.OK && answer.Json.GetProperty("status").GetString() != "pending";
            },
            Patience,
            () => $"{status}: {last}");
    }
}
