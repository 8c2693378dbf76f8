using CsCheck;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.ReadModels.Products;
using ServerlessCqrs.ReadModels.Specs.Given;

namespace ServerlessCqrs.ReadModels.Specs;

public sealed class ConvergenceSpecs
{
    private static readonly ProductProjection Projection = new();

    private static readonly Gen<Story[]> Stories = Gen.Int[0, 1000].Array[0, 12].Array[1, 4]
        .Select(stories => stories.Select((steps, number) => steps.Aggregate(new Story(number), (story, step) => story.Random(step))).ToArray());

    /// <summary>Messages are lost, doubled, shuffled and cut anywhere; only each stream's last hint gets through. The log may be behind, saves fail, and two functions run at once.</summary>
    [Fact]
    public void Any_order_any_duplicates_and_any_loss_but_the_last_hint_end_at_the_fold() =>
        Gen.Select(Stories, Gen.Int[0, int.MaxValue - 1]).Sample(
            (stories, seed) => DeliverAsync(stories, new Random(seed)).GetAwaiter().GetResult(),
            iter: 500);

    private static async Task DeliverAsync(Story[] stories, Random chance)
    {
        var log = new TestLog();
        var products = new InMemoryProducts();
        var failures = 10;
        var unsteady = new UnsteadyProducts(products, _ =>
        {
            lock (chance)
                return chance.Next(5) == 0 && failures-- > 0 ? throw new IOException("throttled") : Task.CompletedTask;
        });
        Projector<ProductDocument>[] functions = [new(unsteady, Projection, log.Reader), new(unsteady, Projection, log.Reader)];

        var open = stories.SelectMany(story => Deliveries(story, chance)).ToList();
        var events = stories.SelectMany(story => story.Events).ToList();
        for (var round = 0; open.Count > 0; round++)
        {
            Assert.True(round < 200, "It does not converge.");

            // the log catches up a little each round, each stream in order
            log.Append(events.Take(chance.Next(1, 6)));
            events.RemoveRange(0, Math.Min(events.Count, 5));

            var shuffled = open.OrderBy(_ => chance.Next()).ToList();
            var failed = new List<EventMessage>();
            foreach (var pair in shuffled.Chunk(chance.Next(1, 6)).Chunk(2))
            {
                var results = await Task.WhenAll(pair.Select((batch, i) => functions[i].ProjectAsync(StreamBatch.Of(batch), CancellationToken.None)));
                foreach (var (batch, result) in pair.Zip(results))
                    failed.AddRange(batch.Where(message => StreamBatch.Of(message).Any(of => result.Any(r => r.Stream == of.Stream && r.Error is not null))));
            }

            open = failed;
            if (events.Count == 0) log.Append(stories.SelectMany(story => story.Events));
        }

        foreach (var story in stories) Assert.Equal(Projection.Fold(story.Events).Text(), (await products.FindAsync(story.Stream)).Text());
    }

    private static IEnumerable<EventMessage> Deliveries(Story story, Random chance)
    {
        foreach (var e in story.Events)
            for (var copies = chance.Next(3); copies > 0; copies--) yield return new EventMessage([e], []);
        var from = chance.Next((int)story.Version);
        yield return new EventMessage([.. story.Events.Skip(from).Take(chance.Next(1, 5))], []);
        yield return chance.Next(2) == 0
            ? new EventMessage([story[story.Version]], [])
            : new EventMessage([], [new StreamHint(story.Stream, story.Version, Rebuild: chance.Next(2) == 0)]);
    }
}
