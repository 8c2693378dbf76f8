using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Projections;
using ServerlessCqrs.ShopViews.Products;

namespace ServerlessCqrs.Benchmarks.Reads;

/// <summary>
/// Compares GET /products/{id} of the query service, with its products in memory, with a Kestrel that returns the same
/// bytes. They alternate in one process, so the ratio is meaningful even on a machine that others use.
/// </summary>
internal static class ReadBenchmark
{
    private const int Connections = 4;
    private const int Rounds = 5;
    private const int RequestsARound = 20_000;

    public static Command Command()
    {
        var file = new Argument<FileInfo?>("FILE") { Description = "A YAML catalogue, as import reads it. Default: 2,465 invented products.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("reads", "Reads single products from the query service, and from a bare Kestrel that returns the same bytes. Prints requests a second, their ratio and allocations. Takes half a minute.") { file };
        command.SetAction((parsed, ct) => Failures.ReportAsync(() => RunAsync(parsed.GetValue(file)?.FullName, ct)));
        return command;
    }

    /// <summary>The bytes that one read allocates after a warm-up.</summary>
    public static async Task<double> BytesPerReadAsync(int products, int requests, CancellationToken ct)
    {
        var created = Catalogue.Invented(products);
        var paths = PathsOf(created);
        await using var server = await ReadServer.StartAsync(await StoredAsync(created, ct), paths[0], ct);
        await LoadAsync(server.Address, paths, requests, ct);
        var least = double.MaxValue;
        for (var i = 0; i < 3; i++) least = Math.Min(least, (await LoadAsync(server.Address, paths, requests, ct)).BytesPerRequest);
        return least;
    }

    /// <summary>The query service's requests per second, and their ratio to a bare Kestrel's.</summary>
    public static async Task<(double PerSecond, double Ratio)> RunAsync(string? file, CancellationToken ct)
    {
        var created = file is null ? Catalogue.Invented(2_465) : Catalogue.Imported(file);
        var paths = PathsOf(created);
        await using var service = await ReadServer.StartAsync(await StoredAsync(created, ct), paths[0], ct);
        await using var bare = await BareServer.StartAsync(await BodiesAsync(service.Address, paths, ct), ct);
        Console.WriteLine($"{paths.Count:#,0} products, {Connections} connections, {Rounds} rounds of {RequestsARound:#,0} reads each, after one to warm up.");
        List<Load> ofService = [], ofBare = [];
        for (var round = 0; round <= Rounds; round++)
        {
            ofService.Add(await LoadAsync(service.Address, paths, RequestsARound, ct));
            ofBare.Add(await LoadAsync(bare.Address, paths, RequestsARound, ct));
        }

        Console.WriteLine();
        Console.WriteLine("             | requests/s | µs of CPU a request, with its client | bytes allocated");
        var (ours, least) = (Row("QueryApi", ofService), Row("bare Kestrel", ofBare));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio        | {ours.PerSecond / least.PerSecond,10:0.00} |"));
        return (ours.PerSecond, ours.PerSecond / least.PerSecond);
    }

    private static IReadOnlyList<string> PathsOf(EventRecord[] created) => [.. created.Select(e => $"/products/{e.Stream.Key}")];

    private static async Task<InMemoryProducts> StoredAsync(EventRecord[] created, CancellationToken ct)
    {
        var products = new InMemoryProducts();
        foreach (var e in created) await products.SaveAsync(new ProductProjection().Fold([e])!, null, ct);
        return products;
    }

    private static Load Row(string name, List<Load> loads)
    {
        var median = loads.Skip(1).OrderBy(load => load.PerSecond).ElementAt(Rounds / 2);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-12} | {median.PerSecond,10:N0} | {median.CpuMicroseconds,36:N0} | {median.BytesPerRequest,15:N0}"));
        return median;
    }

    private static async Task<IReadOnlyDictionary<string, byte[]>> BodiesAsync(Uri server, IReadOnlyList<string> paths, CancellationToken ct)
    {
        using var connection = await Connection.OpenAsync(server, ct);
        Dictionary<string, byte[]> bodies = [];
        foreach (var path in paths) bodies[path[(path.LastIndexOf('/') + 1)..]] = (await connection.GetAsync(Connection.Request(server, path), ct)).ToArray();
        return bodies;
    }

    private static async Task<Load> LoadAsync(Uri server, IReadOnlyList<string> paths, int requests, CancellationToken ct)
    {
        byte[][] asked = [.. paths.Select(path => Connection.Request(server, path))];
        var connections = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Connection.OpenAsync(server, ct)));
        GC.Collect();
        using var self = Process.GetCurrentProcess();
        var (allocated, cpu, watch) = (GC.GetTotalAllocatedBytes(precise: true), self.TotalProcessorTime, Stopwatch.StartNew());
        await Task.WhenAll(connections.Select((connection, number) => Task.Run(
            async () =>
            {
                for (var i = number; i < requests; i += Connections) await connection.GetAsync(asked[i % asked.Length], ct);
            },
            ct)));
        var took = watch.Elapsed;
        self.Refresh();
        var load = new Load(
            requests / took.TotalSeconds,
            (self.TotalProcessorTime - cpu).TotalMicroseconds / requests,
            (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)requests);
        foreach (var connection in connections) connection.Dispose();
        return load;
    }

    private sealed record Load(
        double PerSecond,
        double CpuMicroseconds,
        double BytesPerRequest);
}
