using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Projections;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.ReadModels.Specs.Given;

/// <summary>
/// Delivers streams as badly as is allowed. Messages are lost, duplicated, shuffled and split anywhere, and only each
/// stream's last hint surely arrives. The log may lag, saves fail, and two functions run at once.
/// </summary>
internal sealed class Delivery(Random chance)
{
    private int _failures = 10;

    /// <summary>Wraps the store so that some saves fail.</summary>
    public IReadModel<TDocument> Unsteady<TDocument>(IReadModel<TDocument> store)
        where TDocument : class => new UnsteadyItems<TDocument>(store, _ =>
        {
            lock (chance)
                return chance.Next(5) == 0 && _failures-- > 0 ? throw new IOException("throttled") : Task.CompletedTask;
        });

    /// <summary>
    /// Delivers until all is done, and asserts that every item is the fold and every aggregate the sum.
    /// </summary>
    /// <param name="function">Creates one function's read models, over the same stores each time.</param>
    public async Task RunAsync(IReadOnlyList<IReadOnlyList<EventRecord>> streams, Func<StreamReader, ReadModelCatalogue> function)
    {
        var log = new TestLog();
        ReadModelCatalogue[] functions = [function(log.Reader), function(log.Reader)];
        var open = streams.SelectMany(Deliveries).ToList();
        var events = streams.SelectMany(stream => stream).ToList();
        for (var round = 0; open.Count > 0; round++)
        {
            Assert.True(round < 200, "It does not converge.");

            // The log catches up a little each round, each stream in order.
            log.Append(events.Take(chance.Next(1, 6)));
            events.RemoveRange(0, Math.Min(events.Count, 5));

            var shuffled = open.OrderBy(_ => chance.Next()).ToList();
            var failed = new List<EventMessage>();
            foreach (var pair in shuffled.Chunk(chance.Next(1, 6)).Chunk(2))
            {
                var errors = await Task.WhenAll(pair.Select((batch, i) => functions[i].ProjectAsync(StreamBatch.Of(batch), CancellationToken.None)));
                foreach (var (batch, error) in pair.Zip(errors))
                    failed.AddRange(batch.Where(message => StreamBatch.Of(message).Any(of => error.ContainsKey(of.Stream))));
            }

            open = failed;
            if (events.Count == 0) log.Append(streams.SelectMany(stream => stream));
        }

        foreach (var model in functions[0].Models) await AssertIsFoldAsync(model, streams);
    }

    /// <summary>
    /// Asserts that the read model contains exactly the folds of these streams and the sums of their contributions.
    /// </summary>
    public static async Task AssertIsFoldAsync(ReadModel model, IReadOnlyList<IReadOnlyList<EventRecord>> streams)
    {
        foreach (var follower in model.Followers)
        {
            List<ItemText> folds = [.. streams.Where(stream => stream.Count > 0 && stream[0].Stream.Category == follower.Category).Select(stream => follower.Fold(stream)!)];
            var items = await follower.ScanAsync(CancellationToken.None).ToListAsync();
            Assert.Equal(folds.Select(Describe).Order(StringComparer.Ordinal), items.Select(Describe).Order(StringComparer.Ordinal));

            var sums = folds.Select(fold => fold.Adds).OfType<Contribution>().GroupBy(adds => adds.About).Select(adds => adds.Aggregate((one, other) => one.Plus(other)));
            var aggregates = await follower.ScanAggregatesAsync(CancellationToken.None).GroupBy(part => part.About).Select(parts => parts.Aggregate((one, other) => one.Plus(other))).ToListAsync();
            Assert.Equal(Describe(sums), Describe(aggregates));
        }
    }

    private static string Describe(ItemText item) => $"{item.Stream} {item.Version} {item.Text}";

    private static IEnumerable<string> Describe(IEnumerable<Contribution> contributions) => contributions.Select(one => one.Significant).Where(one => one.Sums.Count > 0 || one.Latest is not null).Select(one => one.Text).Order(StringComparer.Ordinal);

    private IEnumerable<EventMessage> Deliveries(IReadOnlyList<EventRecord> stream)
    {
        foreach (var e in stream)
            for (var copies = chance.Next(3); copies > 0; copies--) yield return new EventMessage([e], []);
        var from = chance.Next(stream.Count);
        yield return new EventMessage([.. stream.Skip(from).Take(chance.Next(1, 5))], []);
        yield return chance.Next(2) == 0
            ? new EventMessage([stream[^1]], [])
            : new EventMessage([], [new StreamHint(stream[^1].Stream, stream.Count, Rebuild: chance.Next(2) == 0)]);
    }
}
