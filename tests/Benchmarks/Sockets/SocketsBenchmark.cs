using System.Collections.Concurrent;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Amazon.ApiGatewayManagementApi;
using Amazon.Runtime;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.LocalRuntime.Sockets;
using ServerlessCqrs.Push;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Benchmarks.Sockets;

/// <summary>
/// Real sockets at a played API Gateway, two instances of the sending half of EventsToBrowsers, and watchers in memory.
/// Fails if a page gets hints too often or misses the newest version, or if a vanished page costs more than one failed post.
/// </summary>
internal static class SocketsBenchmark
{
    private const int Pages = 1_000;
    private const int Products = 100;
    private const int ChangesPerSecond = 200;
    private const int Instances = 2;
    private const int Vanishing = 50;
    private const double DeliveredTwice = 0.1;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Command Command()
    {
        var command = new Command("sockets", "Sends hints of 200 changes a second to 1,000 sockets, from two instances that get some messages twice. Prints delays, CPU and memory. Takes a minute.");
        command.SetAction((_, ct) => Failures.ReportAsync(() => RunAsync(ct)));
        return command;
    }

    public static async Task RunAsync(CancellationToken ct)
    {
        var clock = TimeProvider.System;
        var watchers = new InMemoryWatchers(clock);
        await using var gateway = await SocketGateway.StartAsync(0, "/live", NullLoggerFactory.Instance, ct);
        gateway.Serve(new WatchingFunction(watchers));
        var config = ApiGatewaySockets.Config(gateway.Url.ToString());
        config.AuthenticationRegion = "eu-central-1";
        using var api = new AmazonApiGatewayManagementApiClient(new BasicAWSCredentials("key", "secret"), config);
        var sockets = new CountedSockets(new ApiGatewaySockets(api, clock, NullLogger<ApiGatewaySockets>.Instance), clock);
        var queue = new Deliveries(clock);
        var senders = Enumerable.Range(0, Instances).Select(_ => new HintSender(watchers, watchers, sockets, queue, clock, NullLogger<HintSender>.Instance)).ToList();

        StreamId[] products = [.. Enumerable.Range(1, Products).Select(number => ProductStreams.IdOf(new Guid(number, 0, 0, new byte[8])))];
        WatchedPage[] pages = [.. Enumerable.Range(0, Pages).Select(number => new WatchedPage(products[number % Products]))];
        var changes = new Changes(products, clock);
        foreach (var page in pages) page.Heard = version => changes.Heard(page.Stream, version);
        foreach (var some in pages.Chunk(50)) await Task.WhenAll(some.Select(page => page.OpenAsync(gateway.Url, ct)));

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task[] instances = [.. senders.Select((sender, number) => queue.RunAsync(number, sender, stop.Token))];
        var used = await LoadAsync(queue, changes, pages, ct);

        var until = clock.GetTimestamp();
        while (Behind() > 0 && clock.GetElapsedTime(until) < Patience) await Task.Delay(100, ct);
        await stop.CancelAsync();
        await Task.WhenAll(instances);
        Print(sockets, changes, used);
        foreach (var page in pages) page.Dispose();
        Judge(sockets, Behind());

        int Behind() => pages.Count(page => !page.IsGone && page.Version < changes.NewestOf(page.Stream));
    }

    /// <summary>Makes the changes. Returns the heap after a third of the time and at its end, in MB, and the used cores.</summary>
    private static async Task<(double Early, double Late, double Cores)> LoadAsync(Deliveries queue, Changes changes, WatchedPage[] pages, CancellationToken ct)
    {
        using var self = Process.GetCurrentProcess();
        var (cpu, watch, early, vanished) = (self.TotalProcessorTime, Stopwatch.StartNew(), 0.0, 0);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var made = 0; watch.Elapsed < Time && await tick.WaitForNextTickAsync(ct);)
        {
            for (; made < watch.Elapsed.TotalSeconds * ChangesPerSecond; made++) queue.Deliver(changes.Make(made), made);
            for (; vanished < Math.Min(Vanishing, Vanishing * (watch.Elapsed / Time)); vanished++) pages[(vanished * (Pages / Vanishing)) + (vanished % (Pages / Vanishing))].Vanish();
            if (early == 0 && watch.Elapsed > Time / 3) early = HeapMegabytes();
        }

        self.Refresh();
        return (early, HeapMegabytes(), (self.TotalProcessorTime - cpu) / watch.Elapsed);
    }

    private static double HeapMegabytes() => GC.GetTotalMemory(forceFullCollection: true) / 1e6;

    private static void Print(CountedSockets sockets, Changes changes, (double Early, double Late, double Cores) used)
    {
        var delays = changes.Delays;
        string[] lines =
        [
            string.Create(CultureInfo.InvariantCulture, $"{Pages:N0} sockets, {Products} products, {changes.Made:N0} changes at {ChangesPerSecond}/s, {Instances} instances, {sockets.Posts:N0} posts."),
            string.Create(CultureInfo.InvariantCulture, $"Time from a change to its hint or a newer one: p50 {Percentile.Of(delays, 0.5):0} ms, p99 {Percentile.Of(delays, 0.99):0} ms. A stream may have to wait for a second."),
            string.Create(CultureInfo.InvariantCulture, $"Shortest time between two posts to a socket: {sockets.Shortest.TotalMilliseconds:0} ms."),
            string.Create(CultureInfo.InvariantCulture, $"{sockets.Failed.Count} vanished pages cost {sockets.Failed.Sum()} failed posts."),
            string.Create(CultureInfo.InvariantCulture, $"{used.Cores:0.0} cores, with the clients and the gateway. Live heap: {used.Early:0.0} MB after {Time.TotalSeconds / 3:0} s, {used.Late:0.0} MB after {Time.TotalSeconds:0} s."),
        ];
        foreach (var line in lines) Console.WriteLine(line);
    }

    private static void Judge(CountedSockets sockets, int behind)
    {
        if (behind > 0) throw new LatencyException($"{behind} pages did not get the newest version.");
        if (sockets.Shortest < PushLimits.Interval) throw new LatencyException("A socket got two hints of its stream within a second.");
        if (sockets.Failed.Any(failed => failed > 1)) throw new LatencyException("A vanished page cost more than one failed post.");
    }

    /// <summary>The queue: gives each message to one instance, and some to both.</summary>
    private sealed class Deliveries(TimeProvider clock) : IDelayedHints
    {
        private readonly ConcurrentQueue<StreamHint>[] _queues = [.. Enumerable.Range(0, Instances).Select(_ => new ConcurrentQueue<StreamHint>())];
        private readonly ConcurrentQueue<(StreamHint Hint, DateTimeOffset At)> _delayed = new();

        public void Deliver(StreamHint hint, int number)
        {
            _queues[number % Instances].Enqueue(hint);
            if (number * DeliveredTwice % 1 < DeliveredTwice / 2) _queues[(number + 1) % Instances].Enqueue(hint);
        }

        public Task PutAsync(IReadOnlyCollection<StreamHint> hints, CancellationToken ct)
        {
            foreach (var hint in hints) _delayed.Enqueue((hint, clock.GetUtcNow() + PushLimits.Interval));
            return Task.CompletedTask;
        }

        public async Task RunAsync(int instance, HintSender sender, CancellationToken ct)
        {
            while (!ct.IsCancellationRequested)
            {
                List<StreamHint> batch = [];
                while (batch.Count < 100 && _queues[instance].TryDequeue(out var hint)) batch.Add(hint);
                while (batch.Count < 100 && _delayed.TryPeek(out var next) && next.At <= clock.GetUtcNow() && _delayed.TryDequeue(out next)) batch.Add(next.Hint);
                if (batch.Count == 0) await Task.Delay(5, CancellationToken.None);
                else await sender.SendAsync([.. batch.GroupBy(hint => hint.Stream).Select(hints => new StreamBatch(hints.Key, [], [.. hints]))], isRepeated: false, CancellationToken.None);
            }
        }
    }

    /// <summary>Changes of products, and when the first page heard of each.</summary>
    private sealed class Changes(StreamId[] products, TimeProvider clock)
    {
        private readonly ConcurrentDictionary<StreamId, List<DateTimeOffset>> _madeAt = new(products.Select(product => KeyValuePair.Create(product, new List<DateTimeOffset>())));
        private readonly ConcurrentDictionary<StreamId, long> _heard = [];
        private readonly List<double> _delays = [];

        public int Made => _madeAt.Values.Sum(made => made.Count);

        public IReadOnlyList<double> Delays
        {
            get
            {
                lock (_delays) return [.. _delays.Order()];
            }
        }

        public StreamHint Make(int number)
        {
            var product = products[number % products.Length];
            var made = _madeAt[product];
            lock (made)
            {
                made.Add(clock.GetUtcNow());
                return new StreamHint(product, made.Count);
            }
        }

        public long NewestOf(StreamId product) => _madeAt[product].Count;

        public void Heard(StreamId product, long version)
        {
            var made = _madeAt[product];
            lock (made)
            {
                for (var known = _heard.GetValueOrDefault(product); known < version; known++)
                    lock (_delays) _delays.Add((clock.GetUtcNow() - made[(int)known]).TotalMilliseconds);
                _heard[product] = Math.Max(version, _heard.GetValueOrDefault(product));
            }
        }
    }
}
