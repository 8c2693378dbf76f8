using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Amazon.SQS.Model;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Benchmarks;

/// <summary>
/// A thousand dead letters hold the only messages about a thousand events, and some more have mails that were already
/// sent. An Operator that is killed in the middle redrives them, and then others do. Each must take effect once: the
/// read models are the folds of their streams, no letter is left, and no mail is sent twice.
/// </summary>
internal static class RedriveBenchmark
{
    private const int Letters = 1_000;
    private const int Mails = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public static Command Command()
    {
        var command = new Command("redrive", "Redrives a thousand dead letters on its own local stack, and kills the Operator in the middle. Takes six minutes, because the letters of a killed Operator are invisible for five.");
        command.SetAction((_, ct) => Failures.ReportAsync(() => RunAsync(ct)));
        return command;
    }

    private static async Task RunAsync(CancellationToken ct)
    {
        await using var stack = await OwnStack.StartAsync(ct);
        // As many events as letters in short streams, and as many in one stream without messages.
        var large = ProductStreams.IdOf((await stack.Seed.RunAsync(2 * Letters, OwnStack.Seller, TimeProvider.System.GetUtcNow(), ct)).Large);
        EventRecord[] untold = [.. await stack.History.ReadAllAsync(ProductStreams.Category, ct).Where(e => e.Stream != large).ToListAsync(ct)];
        await BuryAsync(stack, ShopTopology.ReadModels, untold, ct);
        await BuryAsync(stack, ShopTopology.Mail, await MailAsync(stack, ct), ct);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{untold.Length:#,0} dead letters of events that no read model has, and {Mails} whose mails were sent."));

        var left = await KilledAsync(stack, ct);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The first redrive was killed with {left:#,0} letters left."));
        var began = Stopwatch.GetTimestamp();
        while (await CountAsync(stack, deadLetters: true, ct) > 0)
        {
            if (Stopwatch.GetElapsedTime(began) > Patience) throw new LatencyException($"Letters are left after {Patience.TotalMinutes:0} min.");
            var start = Stopwatch.GetTimestamp();
            var said = (await stack.OperateAsync(["deadletters", "redrive"], ct))[^1];
            if (!said.StartsWith("0 ", StringComparison.Ordinal)) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"After {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s: {said}, in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s."));
            await Task.Delay(TimeSpan.FromSeconds(1), ct);
        }

        while (await CountAsync(stack, deadLetters: false, ct) > 0) await Task.Delay(Look, ct);
        if (await CountAsync(stack, deadLetters: true, ct) > 0) throw new LatencyException("A letter is dead again.");
        if (await CountMailsAsync(stack, ct) is var mails && mails != Mails) throw new LatencyException($"{mails} mails were sent instead of {Mails}.");
        await stack.OperateAsync(["rebuild", ShopTopology.ProductsV1.Name, "--stream", large.ToString()], ct);
        await stack.OperateAsync(["rebuild", ShopTopology.ProductSearchV1.Name, "--stream", large.ToString()], ct);
        Console.WriteLine((await stack.OperateAsync(["verify"], ct))[^1]);
    }

    /// <summary>Puts each event separately into a queue's dead letters, as its function does.</summary>
    private static async Task BuryAsync(OwnStack stack, Queue queue, IReadOnlyList<EventRecord> events, CancellationToken ct)
    {
        var url = (await stack.Sqs.GetQueueUrlAsync(queue.DeadLettersName, ct)).QueueUrl;
        foreach (var chunk in events.Chunk(10))
            await stack.Sqs.SendMessageBatchAsync(url, [.. chunk.Select((e, i) => new SendMessageBatchRequestEntry($"{i}", EventMessage.Write([e], [])))], ct);
    }

    /// <summary>Creates falls of a watched price, and returns them when the mails are sent.</summary>
    private static async Task<IReadOnlyList<EventRecord>> MailAsync(OwnStack stack, CancellationToken ct)
    {
        using var seller = new LatencyClient(stack.Running);
        var product = Guid.NewGuid();
        await seller.CreateAsync(product, 100, ct);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", stack.Customer);
        using var watch = new HttpRequestMessage(HttpMethod.Put, new Uri(stack.Running.Edge, $"products/{product}/watch"));
        watch.Headers.Add("Prefer", "wait=20");
        (await http.SendAsync(watch, ct)).EnsureSuccessStatusCode();
        for (var i = 1; i <= Mails; i++) await seller.AppliedAsync(await seller.ChangePriceAsync(product, 100 - i, ct), ct);
        while (await CountMailsAsync(stack, ct) < Mails) await Task.Delay(Look, ct);
        var stream = ProductStreams.IdOf(product);
        return [.. (await stack.History.ReadAllAsync(ProductStreams.Category, ct).Where(e => e.Stream == stream).ToListAsync(ct)).Skip(1)];
    }

    /// <summary>
    /// Redrives, and kills the Operator when half of the letters are gone. Returns the number that is left.
    /// </summary>
    private static async Task<int> KilledAsync(OwnStack stack, CancellationToken ct)
    {
        using var process = stack.StartOperator(["deadletters", "redrive"]);
        while (await CountAsync(stack, deadLetters: true, ct) > Letters / 2)
        {
            if (process.HasExited) throw new LatencyException("The Operator was done before it could be killed.");
            await Task.Delay(Look, ct);
        }

        process.Kill();
        await process.WaitForExitAsync(ct);
        return await CountAsync(stack, deadLetters: true, ct);
    }

    /// <summary>Counts the messages of all queues except the one that delays them for minutes.</summary>
    private static async Task<int> CountAsync(OwnStack stack, bool deadLetters, CancellationToken ct)
    {
        var count = 0;
        foreach (var queue in ShopTopology.Queues.Except([ShopTopology.Timeouts]))
        {
            var url = (await stack.Sqs.GetQueueUrlAsync(deadLetters ? queue.DeadLettersName : queue.Name, ct)).QueueUrl;
            var counts = await stack.Sqs.GetQueueAttributesAsync(new GetQueueAttributesRequest(url, ["All"]), ct);
            count += counts.ApproximateNumberOfMessages + counts.ApproximateNumberOfMessagesNotVisible + counts.ApproximateNumberOfMessagesDelayed;
        }

        return count;
    }

    private static async Task<int> CountMailsAsync(OwnStack stack, CancellationToken ct)
    {
        using var http = new HttpClient();
        return (await http.GetFromJsonAsync<JsonElement>(new Uri(stack.Mail, "store"), ct)).GetProperty("emails").GetArrayLength();
    }
}
