using System.Diagnostics;
using System.Globalization;
using ServerlessCqrs.Benchmarks.Reads;

namespace ServerlessCqrs.Benchmarks.Overview;

/// <summary>
/// Measures a whole stack: its start, its memory, price changes while it is cold and warm, and reads at the gateway and
/// at the edge.
/// </summary>
internal static class StackLines
{
    private const int Changes = 500;
    private const int Connections = 4;
    private const double MegaByte = 1024 * 1024;

    /// <summary>
    /// Requests per second. The gateway responds with 429 above the topology's limit, which is 2,000.
    /// </summary>
    private const int GatewayPace = 1_500;

    private static readonly TimeSpan At20 = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan At100 = TimeSpan.FromMilliseconds(10);

    public static async Task AddAsync(List<OverviewLine> lines, List<string> notes, CancellationToken ct)
    {
        Console.WriteLine("Starting a stack ...");
        await using var stack = await StackProcess.StartAsync(ct);
        AddStart(lines, stack);
        using var client = new LatencyClient(stack.Running);

        var fresh = await LatencyBenchmark.PrepareAsync(client, ct);
        await ChangesAsync(lines, stack, client, fresh, "fresh stack", At20, new Goals(Cpu: null, P50: 300, P99: 1_000), ct);
        var warm = await LatencyBenchmark.PrepareAsync(client, ct);
        notes.Add(CallsTable(await ChangesAsync(lines, stack, client, warm, "warm stack", At20, new Goals(Cpu: 35, P50: 150, P99: 500), ct)));
        var fast = await LatencyBenchmark.PrepareAsync(client, ct);
        await ChangesAsync(lines, stack, client, fast, "warm stack", At100, new Goals(Cpu: null, P50: null, P99: 1_000), ct);

        await ReadsAsync(lines, stack, warm, ct);
        lines.Add(OverviewLine.Told("verify after all of this", (await stack.OperateAsync(["verify"], ct))[^1]));
    }

    private static void AddStart(List<OverviewLine> lines, StackProcess stack)
    {
        lines.Add(OverviewLine.Told("start of a built stack", Seconds(stack.StartedIn)));
        lines.Add(OverviewLine.Told("CPU time until it is ready", CpuTimes.Describe(stack.Cpu().Since(new CpuTimes()), 1, " s", 1e-3)));
        var (count, resident, proportional) = stack.Memory();
        lines.Add(OverviewLine.Told("processes at start", $"{count}"));
        lines.Add(OverviewLine.AtMost("memory at start: RSS", resident / MegaByte, 1_200, " MB"));
        if (proportional is { } shared) lines.Add(OverviewLine.Told("the same: PSS", string.Create(CultureInfo.InvariantCulture, $"{shared / MegaByte:N0} MB")));
    }

    /// <summary>The AWS requests per change, by program and operation.</summary>
    private static async Task<IReadOnlyList<(string Program, string Operation, double PerChange)>> ChangesAsync(
        List<OverviewLine> lines,
        StackProcess stack,
        LatencyClient client,
        IReadOnlyList<Guid> products,
        string condition,
        TimeSpan every,
        Goals goals,
        CancellationToken ct)
    {
        var what = $"{Changes} price changes at {1 / every.TotalSeconds:0}/s, {condition}";
        Console.WriteLine($"{what} ...");
        var (calls, cpu) = (await stack.CallsAsync(ct), stack.Cpu());
        var changes = await LatencyBenchmark.ChangeAsync(client, products, Changes, every, ct);
        var (used, made) = (stack.Cpu().Since(cpu), await stack.CallsAsync(ct));
        double[] visible = [.. changes.Select(change => change.Visible.TotalMilliseconds).Order()];

        Add(lines, $"{what}: CPU of the stack per change", used.Sum(group => group.Milliseconds) / Changes, goals.Cpu, " ms");
        lines.Add(OverviewLine.Told("the same by process", CpuTimes.Describe(used, Changes, " ms")));
        Add(lines, "the same: visible p50", Percentile.Of(visible, 0.5), goals.P50, " ms");
        Add(lines, "the same: visible p99", Percentile.Of(visible, 0.99), goals.P99, " ms");
        return [.. made.Select(call => (call.Key.Program, call.Key.Operation, (call.Value - calls.GetValueOrDefault(call.Key)) / (double)Changes))];
    }

    private static async Task ReadsAsync(List<OverviewLine> lines, StackProcess stack, IReadOnlyList<Guid> products, CancellationToken ct)
    {
        Console.WriteLine("Reads through the gateway and at the edge ...");
        await ReadAsync(stack, stack.Running.Api, products, 4_000, GatewayPace, ct);
        var (perSecond, took, used) = await ReadAsync(stack, stack.Running.Api, products, 10_000, GatewayPace, ct);
        lines.Add(OverviewLine.Told("GET /products/{id} through the gateway: requests/s", string.Create(CultureInfo.InvariantCulture, $"{perSecond:N0} in {took.TotalSeconds:0.0} s")));
        lines.Add(OverviewLine.AtMost("the same: CPU of QueryApi per request", Of("QueryApi"), 120, " µs"));
        lines.Add(OverviewLine.AtMost("the same: CPU of the gateway per request", Of(StackProcess.Own), 100, " µs"));
        lines.Add(OverviewLine.Told("the same: CPU of DynamoDB Local per request", string.Create(CultureInfo.InvariantCulture, $"{Of("DynamoDB"):N0} µs")));
        await ReadAsync(stack, stack.Running.Edge, products, 20_000, perSecond: null, ct);
        var (cached, _, _) = await ReadAsync(stack, stack.Running.Edge, products, 200_000, perSecond: null, ct);
        lines.Add(OverviewLine.Told("cached GET at the edge: requests/s", cached.ToString("N0", CultureInfo.InvariantCulture)));

        double Of(string group) => used.Where(one => one.Name.StartsWith(group, StringComparison.Ordinal)).Sum(one => one.Milliseconds) * 1e3 / 10_000;
    }

    /// <param name="perSecond">The maximal requests per second; null for no limit.</param>
    private static async Task<(double PerSecond, TimeSpan Took, IReadOnlyList<(string Name, double Milliseconds)> Used)> ReadAsync(
        StackProcess stack,
        Uri server,
        IReadOnlyList<Guid> products,
        int requests,
        int? perSecond,
        CancellationToken ct)
    {
        byte[][] asked = [.. products.Select(product => Connection.Request(server, $"/products/{product}"))];
        var connections = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Connection.OpenAsync(server, ct)));
        var (cpu, began) = (stack.Cpu(), Stopwatch.GetTimestamp());
        await Task.WhenAll(connections.Select((connection, number) => Task.Run(
            async () =>
            {
                for (var i = number; i < requests; i += Connections)
                {
                    if (perSecond is { } pace && TimeSpan.FromSeconds(i / (double)pace) - Stopwatch.GetElapsedTime(began) is var early && early > TimeSpan.Zero) await Task.Delay(early, ct);
                    await connection.GetAsync(asked[i % asked.Length], ct);
                }
            },
            ct)));
        var took = Stopwatch.GetElapsedTime(began);
        foreach (var connection in connections) connection.Dispose();
        return (requests / took.TotalSeconds, took, stack.Cpu().Since(cpu));
    }

    private static void Add(List<OverviewLine> lines, string what, double value, double? goal, string unit) => lines.Add(
        goal is { } limit ? OverviewLine.AtMost(what, value, limit, unit) : OverviewLine.Told(what, value.ToString("N0", CultureInfo.InvariantCulture) + unit));

    private static string CallsTable(IReadOnlyList<(string Program, string Operation, double PerChange)> calls) => string.Join('\n',
    [
        string.Create(CultureInfo.InvariantCulture, $"AWS requests per price change at 20/s on a warm stack, with the looks of the client that follows it: {calls.Sum(call => call.PerChange):0.00}"),
        "",
        "| program | operation | per change |",
        "|---|---|---:|",
        .. calls.Where(call => call.PerChange >= 0.005).OrderByDescending(call => call.PerChange)
            .Select(call => string.Create(CultureInfo.InvariantCulture, $"| {call.Program} | {call.Operation} | {call.PerChange:0.00} |")),
    ]);

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    /// <summary>Milliseconds; null for no goal.</summary>
    private sealed record Goals(
        double? Cpu,
        double? P50,
        double? P99);
}
