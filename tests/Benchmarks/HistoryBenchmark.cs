using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using ServerlessCqrs.LocalRuntime.Stack;
using ServerlessCqrs.ShopViews;

namespace ServerlessCqrs.Benchmarks;

/// <summary>
/// Measures a stack with a long history: read models are built during writes, and a stream with half of all events is
/// written to and read.
/// </summary>
internal static class HistoryBenchmark
{
    private const int Products = 50;
    private const int Requests = 20;
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(30);

    public static Command Command()
    {
        var events = new Option<int>("--events") { Description = "The number of events: half of them in one stream, the rest in streams of 50.", HelpName = "N", DefaultValueFactory = _ => 200_000, CustomParser = Number.Between(1_000, 10_000_000) };
        var command = new Command("history", "Measures a long history on its own local stack: builds and rebuilds during 20 writes a second, and a stream with half of all events. Takes five minutes.") { events };
        command.SetAction(async (parsed, ct) => await Failures.ReportAsync(() => RunAsync(parsed.GetValue(events), ct)));
        return command;
    }

    private static async Task RunAsync(int events, CancellationToken ct)
    {
        await using var stack = await OwnStack.StartAsync(ct);
        var began = Stopwatch.GetTimestamp();
        var (large, others) = await stack.Seed.RunAsync(events, OwnStack.Seller, TimeProvider.System.GetUtcNow(), ct);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{events:#,0} events are seeded, in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s; half of them of one product."));
        foreach (var model in new[] { ShopReadModels.ProductsV1, ShopReadModels.ProductSearchV1 }) Tell(await stack.OperateAsync(["rebuild", model, "--all"], ct));

        using var client = new LatencyClient(stack.Running);
        await BuildAsync(stack, client, others, ct);
        await ReadAsync(stack.Running, client, large, events / 2, ct);
        Tell(await stack.OperateAsync(["verify"], ct));
    }

    /// <summary>
    /// Builds a second version and rebuilds the first one during writes. Then routes some readers, all and none to the
    /// second version.
    /// </summary>
    private static async Task BuildAsync(OwnStack stack, LatencyClient client, IReadOnlyList<Guid> others, CancellationToken ct)
    {
        var writes = await SteadyWrites.PrepareAsync(client, Products, ct);
        Console.WriteLine();
        Console.WriteLine($"{$"ms from a price change's time to its outcome, at {1 / SteadyWrites.Every.TotalSeconds:0} a second",-69} |    p50 |    p99 |    max");
        Row("before", await writes.RunAsync(Task.Delay(Before, ct), ct));
        List<string> told = [];
        await BesideAsync("readmodel", "build", "products", "v2");
        await BesideAsync("rebuild", ShopReadModels.ProductsV1, "--all");
        Console.WriteLine();
        foreach (var line in told) Console.WriteLine(line);
        Tell(await stack.OperateAsync(["readmodel", "compare", "products", "v2"], ct));
        Tell(await stack.OperateAsync(["verify"], ct));
        var switching = new SwitchedReaders(stack.Running, others).RunAsync(stack, ct);
        await writes.RunAsync(switching, ct);
        Console.WriteLine(await switching);

        async Task BesideAsync(params string[] arguments)
        {
            var operation = stack.OperateAsync(arguments, ct);
            Row($"beside {string.Join(' ', arguments)}", await writes.RunAsync(operation, ct));
            told.Add((await operation)[^1]);
        }
    }

    /// <summary>Measures sequential writes and reads of the product with half of all events.</summary>
    private static async Task ReadAsync(RunningStack stack, LatencyClient client, Guid product, int version, CancellationToken ct)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", stack.Seller);
        var middle = (await http.GetFromJsonAsync<System.Text.Json.JsonElement>(new Uri(stack.Api, $"products/{product}?version={version / 2}"), ct)).GetProperty("updatedAt").GetString();

        Console.WriteLine();
        Console.WriteLine($"{$"ms, a product of {version:#,0} events, {Requests} requests each",-69} |    p50 |    p99 |    max");
        await RowAsync("outcome of a price change", i => client.ApplyPriceAsync(product, 100 + i, ct));
        await GetAsync("GET /products/{id} at the edge", stack.Edge, "");
        await GetAsync("GET /products/{id} at the API", stack.Api, "");
        await GetAsync("GET /products/{id}?asOf= in the middle", stack.Api, $"?asOf={middle}");
        await GetAsync("GET /products/{id}?version= in the middle", stack.Api, $"?version={version / 2}");
        await GetAsync("GET /products/{id}?version= the newest seeded", stack.Api, $"?version={version}");
        await GetAsync("GET /products/{id}/prices", stack.Api, "/prices");
        await GetAsync("GET /products/{id}/history, a page of 20", stack.Api, "/history?limit=20");
        Console.WriteLine();

        Task GetAsync(string name, Uri host, string rest) => RowAsync(name, async _ =>
        {
            using var answer = await http.GetAsync(new Uri(host, $"products/{product}{rest}"), ct);
            if (!answer.IsSuccessStatusCode) throw new LatencyException($"{name} was answered with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(ct)}");
        });

        static async Task RowAsync(string name, Func<int, Task> request)
        {
            List<double> times = [];
            for (var i = 0; i <= Requests; i++)
            {
                var start = Stopwatch.GetTimestamp();
                await request(i);
                // The first request is a warm-up.
                if (i > 0) times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            Row(name, times);
        }
    }

    private static void Row(string name, IEnumerable<double> times)
    {
        double[] sorted = [.. times.Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-69} | {Percentile.Of(sorted, 0.5),6:0} | {Percentile.Of(sorted, 0.99),6:0} | {sorted[^1],6:0}"));
    }

    /// <summary>Prints the last line of the Operator's output.</summary>
    private static void Tell(IReadOnlyList<string> lines) => Console.WriteLine(lines[^1]);
}
