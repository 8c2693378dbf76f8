using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Watches;
using ServerlessCqrs.Simulation.Programs;
using ServerlessCqrs.Simulation.Scene;
using ServerlessCqrs.Simulation.Services;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;
using static ServerlessCqrs.Simulation.Checks.Invariants;

namespace ServerlessCqrs.Simulation.Checks;

/// <summary>Checks the whole world at rest.</summary>
public sealed class RestChecks(World world)
{
    /// <summary>The max-age of QueryApi's <c>CacheFor.Products</c> at the edge.</summary>
    private static readonly TimeSpan SharedMaxAge = TimeSpan.FromSeconds(10);

    private readonly Truth _truth = world.Truth;

    public void Check()
    {
        CheckQueues();
        CheckCommands();
        CheckCustomers();
        CheckLog();
        CheckReadModels();
        new OrderChecks(world).Check();
        CheckMails();
        CheckEdge();
        CheckSockets();
        Run(new SearchChecks(world, AskAsync).CheckAsync);
        CheckHealth();
        Run(new ListChecks(world).CheckAsync);
    }

    private void CheckSockets()
    {
        foreach (var socket in world.Sockets?.Open ?? [])
            foreach (var stream in socket.Watched.Where(stream => socket.VersionOf(stream) < _truth.Of(stream).Version))
                Break(PageIsHinted, stream, $"{socket.Id} knows v{socket.VersionOf(stream)} of v{_truth.Of(stream).Version}.");
    }

    private void CheckQueues()
    {
        foreach (var queue in world.Queues)
        {
            var dead = queue.DeadLetters.Where(letter => EventMessage.Parse(ShopContracts.Events, letter.Body).Events.Any(e => !_truth.Poisoned.Contains(e.Stream))).ToList();
            if (queue.Count + dead.Count > 0) Break(NothingIsLost, null, $"{queue.Name} holds {queue.Count} messages, and {dead.Count} dead letters after a redrive: {dead.FirstOrDefault().Reason}");
        }

        foreach (var shard in world.Kinesis.Shards)
            if (shard.Position < shard.Records.Count) Break(ComesToRest, null, $"{shard.Id} stands at {shard.Position} of {shard.Records.Count}.");
    }

    private void CheckCustomers()
    {
        foreach (var customer in _truth.Streams.Values.Where(truth => truth.Stream.Category == CustomerStreams.Category && truth.Events.Count > 0))
        {
            if (customer.Events.Any(e => e.Event is UserNameChanged { Name: null })) Break(NameIsKept, customer.Stream, "The name was erased.");
            if (!CustomerStreams.TryParse(customer.Stream, out var subject) || !world.Personal.Known.Contains(subject)) Break(DeactivatedWasKnown, customer.Stream, "Nothing was ever sealed for them.");
        }
    }

    private void CheckCommands()
    {
        foreach (var (id, sent) in _truth.Sent.Where(sent => sent.Value.FirstSequence is not null))
        {
            var stream = sent.Record.Stream;
            if (!_truth.Of(stream).Outcomes.TryGetValue(id, out var outcome)) Break(AcknowledgedHasOutcome, stream, $"{_truth.Name(id)} is on the stream{(sent.IsAcknowledged ? ", was acknowledged," : "")} and has none.");
            else if (!world.Log.Outcomes.TryGetValue((stream, id), out _)) Break(LogIsWhole, stream, $"The outcome of {_truth.Name(id)} ({outcome.Status}) is missing.");
        }

        foreach (var (stream, id) in _truth.Unreadable)
            if (!world.Log.Outcomes.ContainsKey((stream, id))) Break(UnreadableIsRecorded, stream, "Nothing says so.");

        // Checks the status URL of every tenth command.
        Run(async () =>
        {
            foreach (var (id, sent) in _truth.Sent.Where(sent => sent.Value.IsAcknowledged).Where((_, i) => i % 10 == 0))
            {
                var token = SimIdentity.Issue(sent.Token, world.Simulator.UtcNow);
                var answer = await world.Gateway.SendAsync(SimRequest.Get($"/commands/{sent.Record.Stream}/{id}?issued={sent.At:yyyy-MM-ddTHH:mm:ss.fffZ}").With(token));
                if (answer.Status != 200 || answer.Text("status") == "pending") Break(AcknowledgedHasOutcome, sent.Record.Stream, $"The status of {_truth.Name(id)} is {answer.Body}.");
            }
        });
    }

    private void CheckLog()
    {
        foreach (var (stream, truth) in _truth.Streams)
            if (!world.Log.EventsOf(stream).SequenceEqual(truth.Events)) Break(LogIsWhole, stream, $"The log has v{string.Join(' ', world.Log.EventsOf(stream).Select(e => e.Version))} of {truth.Version}.");
    }

    private void CheckReadModels()
    {
        foreach (var model in _truth.Models)
        {
            foreach (var (stream, truth) in _truth.Streams.Where(entry => entry.Key.Category == model.Category))
                if (model.Versions.GetValueOrDefault(stream) is var version && version != truth.Version) Break(ReadModelIsWhole, stream, $"{model.Name} is at v{version}, the stream at v{truth.Version}.");
            foreach (var stream in model.Versions.Keys)
                if (!_truth.Streams.ContainsKey(stream)) Break(ReadModelIsWhole, stream, $"{model.Name} has it, and there is no such stream.");
        }
    }

    private void CheckMails()
    {
        foreach (var e in _truth.EventsById.Values.ToList())
        {
            foreach (var customer in Wishes.Customers.Where(customer => _truth.Concerns(e, customer.Id) && !_truth.WasDeactivated(customer.Id)))
            {
                if (e.Event is ProductPriceUpdated && !WasWatching(e.Stream, customer.Id, e)) continue;
                var mail = $"{e.EventId:D}/{customer.Id}";
                // A claim without a result must be listed as unknown. SES must have every mail that is marked as sent.
                var isRight = world.DynamoDb.Table(ShopTopology.Mails).Find(mail)?["state"].S switch
                {
                    "claimed" => true,
                    "sent" => _truth.WasMailed(mail),
                    "undeliverable" => _truth.WasRefused(mail),
                    _ => false,
                };
                if (!isRight)
                    Break(e.Event is ProductPriceUpdated ? WatchersAreMailed : CustomersAreMailed, e.Stream, $"{customer.Id} has no mail about v{e.Version}.");
            }
        }
    }

    /// <summary>
    /// True if the watch existed at the event's time, and the log had it before the event was committed.
    /// </summary>
    private bool WasWatching(StreamId product, string customer, EventRecord e)
    {
        var watch = _truth.Of(WatchStreams.IdOf(Guid.Parse(product.Key), customer)).Events.LastOrDefault(w => w.At <= e.At);
        return watch?.Event is PriceWatched && _truth.WasLoggedBefore(watch, e);
    }

    private void CheckEdge()
    {
        world.Simulator.After(SharedMaxAge, () => { });
        world.Simulator.Run(TimeSpan.MaxValue);
        Run(async () =>
        {
            foreach (var (stream, version) in _truth.Products.Versions)
            {
                var should = _truth.BodyAt(stream, version, _truth.RatingsOf(stream)[^1].Revision);
                var (isRight, said) = await AskAsync($"/products/{stream.Key}", answer => should is null ? answer.Status == 410 : answer.Status == 200 && answer.Body == should);
                if (!isRight) Break(EdgeCatchesUp, stream, $"The read model has v{version}, and the edge says {said.Status} {said.Body}");
            }
        });
    }

    private void CheckHealth() => Run(async () =>
    {
        await SaysAsync("/health", answer => answer.Text("status") == "ok");
        await SaysAsync("/health/sync-lag", answer => answer.Status == 200 && answer.Json.GetProperty("readModels").EnumerateObject().All(model => model.Value.GetProperty("lagMs").GetInt64() == 0));
    });

    private async Task SaysAsync(string path, Func<SimAnswer, bool> isRight)
    {
        if (await AskAsync(path, isRight) is (false, var said)) Break(HealthIsTold, null, $"{path}: {said.Body}");
    }

    /// <summary>
    /// A slow read counts as failed and is answered from the log, which knows no reviews. So this retries a few times.
    /// The last answer counts, among those that may be cached.
    /// </summary>
    private async Task<(bool IsRight, SimAnswer Said)> AskAsync(string path, Func<SimAnswer, bool> isRight)
    {
        var said = await world.Edge.SendAsync(SimRequest.Get(path));
        for (var tries = 1; tries < 5 && !isRight(said) && said.Header("Cache-Control")?.StartsWith("no-store", StringComparison.Ordinal) is true; tries++)
        {
            await world.Simulator.Delay(TimeSpan.FromSeconds(5));
            said = await world.Edge.SendAsync(SimRequest.Get(path));
        }

        return (isRight(said), said);
    }

    private void Run(Func<Task> look)
    {
        var looking = world.Infrastructure.Start(look);
        world.Simulator.Run(TimeSpan.MaxValue);
        if (looking.IsFaulted) Break(NothingThrows, null, looking.Exception!.InnerException!.ToString());
    }

    private void Break(string invariant, StreamId? stream, string detail) => world.Simulator.Violate(invariant, $"{stream}: {detail}", stream);
}
