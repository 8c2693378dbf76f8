using System.Globalization;
using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Simulation.Checks;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;
using static ServerlessCqrs.Simulation.Checks.Invariants;

namespace ServerlessCqrs.Journeys.Chaos;

/// <summary>
/// Checks the stack at rest: compares the clients' requests and answers with the log, the mails, the claims and the
/// edge. It reads the log with the shop's own adapter, and decides every command again.
/// </summary>
internal sealed class ChaosChecks(ChaosStack stack, Witness witness, IReadOnlyList<Guid> products, IReadOnlyList<Client> customers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // What the edge may keep of a product.
    private static readonly TimeSpan SharedMaxAge = TimeSpan.FromSeconds(30);

    /// <summary>The checked invariants, with the number of checks.</summary>
    public Dictionary<string, int> Checked { get; } = [];

    public async Task CheckAsync()
    {
        var streams = products.Select(ProductStreams.IdOf).ToHashSet();
        await AllDecidedAsync(streams);
        await CheckOrdersAsync(streams);
        var events = (await EventsAsync(streams)).ToLookup(e => e.Stream);
        var outcomes = (await OutcomesAsync(streams)).ToLookup(outcome => outcome.CommandId);
        CheckOutcomes(outcomes);
        foreach (var stream in streams) CheckDecisions(stream, [.. events[stream]], [.. outcomes.SelectMany(one => one).Where(outcome => outcome.Stream == stream)]);
        await CheckMailsAsync(streams);
        await CheckEdgeAsync(events);
    }

    /// <summary>Every acknowledged command eventually has an outcome in the log.</summary>
    private async Task AllDecidedAsync(HashSet<StreamId> streams)
    {
        var acknowledged = witness.Told.Select(told => told.CommandId).ToHashSet();
        var missing = acknowledged.Count;
        await Eventually.TrueAsync(
            async () => (missing = acknowledged.Except((await OutcomesAsync(streams)).Select(outcome => outcome.CommandId)).Count()) == 0,
            Patience,
            () => $"{AcknowledgedHasOutcome}: {missing} of {acknowledged.Count} have none");
        Count(AcknowledgedHasOutcome, acknowledged.Count);
    }

    private void CheckOutcomes(ILookup<Guid, CommandOutcome> outcomes)
    {
        foreach (var command in outcomes)
        {
            Count(OneOutcomeACommand);
            if (command.Distinct().Skip(1).Any()) witness.Break(OneOutcomeACommand, $"{command.Key} has {string.Join(" and ", command.Distinct())}");
        }

        foreach (var told in witness.Told.Where(told => told.Status is not null))
        {
            Count(AnswerIsTheOutcome);
            if (outcomes[told.CommandId].First() is var real && (real.Status, real.Code, real.Version) != (told.Status, told.Code, told.Version))
                witness.Break(AnswerIsTheOutcome, $"{told.CommandId}: told {told.Status} {told.Code} v{told.Version}, is {real.Status} {real.Code} v{real.Version}");
        }
    }

    /// <summary>Decides every command of a stream again, on the same state.</summary>
    private void CheckDecisions(StreamId stream, IReadOnlyList<EventRecord> events, IReadOnlyList<CommandOutcome> outcomes)
    {
        var decider = ShopDomain.Instance.DeciderOf(stream)!;
        List<object> states = [decider.Initial];
        for (var i = 0; i < events.Count; i++)
        {
            Count(VersionsWithoutGap);
            if (events[i].Version != i + 1) witness.Break(VersionsWithoutGap, $"{stream}: v{events[i].Version} is event {i + 1}");
            if (i > 0 && events[i].At < events[i - 1].At) witness.Break(TimeNeverRunsBackwards, $"{stream} v{events[i].Version}");
            states.Add(decider.Evolve(states[^1], events[i].Event));
        }

        var byCommand = events.ToLookup(e => e.CommandId);
        var order = outcomes.ToDictionary(outcome => outcome.CommandId);
        foreach (var outcome in outcomes)
        {
            // Skips the commands that created the products before the chaos.
            if (outcome.KeyId is not { } key || !witness.Asked.TryGetValue(key, out var asked)) continue;
            Count(DecisionIsLegal);
            var made = byCommand[outcome.CommandId].ToList();
            var before = outcome.Version - made.Count;
            var command = new CommandRecord(outcome.CommandId, key, stream, asked.Command, asked.By, outcome.IssuedAt, asked.IfMatch);
            var should = Judgement.Of(decider, states[(int)before], before, command, keyIsTaken: false, asked.By, outcome.At);
            if ((should.Status, should.Code) != (outcome.Status, outcome.Code))
                witness.Break(DecisionIsLegal, $"{stream}: {outcome.CommandId}, a {outcome.CommandType}, is {outcome.Status} {outcome.Code} at v{before}; it should be {should.Status} {should.Code}");
            var legal = should.Events.Select((e, i) => EventRecord.Of(ShopContracts.Events, stream, before + i + 1, e, outcome.CommandId, i, asked.By, outcome.At));
            if (!legal.SequenceEqual(made)) witness.Break(DecisionIsLegal, $"{stream}: {outcome.CommandId} made {string.Join(' ', made.Select(e => e.Data))}; it should be {string.Join(' ', legal.Select(e => e.Data))}");
            Count(ActorIsTheTokens);
            if (outcome.Actor != asked.By || made.Exists(e => e.Actor != asked.By)) witness.Break(ActorIsTheTokens, $"{stream}: {outcome.CommandId} is by {outcome.Actor}, and {asked.By} asked for it");
            if (asked.Predecessor is not { } predecessor) continue;
            Count(AcceptedInTheClientsOrder);
            if (order[predecessor].Version > before || order[predecessor].At > outcome.At) witness.Break(AcceptedInTheClientsOrder, $"{stream}: {outcome.CommandId} is decided before {predecessor}");
        }
    }

    /// <summary>Every accepted order is eventually settled, and took exactly its pieces from the stock.</summary>
    private async Task CheckOrdersAsync(HashSet<StreamId> streams)
    {
        var ordered = witness.Orders.Select(OrderStreams.IdOf).ToHashSet();
        List<string> differences = [];
        await Eventually.TrueAsync(
            async () =>
            {
                var events = (await EventsAsync([.. streams, .. ordered])).ToLookup(e => e.Stream);
                var orders = ordered.Where(events.Contains).ToDictionary(order => Guid.Parse(order.Key), order => (OrderState)StateOf(order, events[order]));
                differences =
                [
                    .. orders.Where(order => order.Value is OrderState.Pending).Select(order => $"{order.Key} is pending"),
                    .. streams.SelectMany(stream => StockBook.Differences(Guid.Parse(stream.Key), events[stream].Select(e => e.Event), (ProductState.OnSale)StateOf(stream, events[stream]), orders)),
                ];
                return differences.Count == 0;
            },
            Patience,
            () => $"{StockFollowsTheOrders}: {string.Join(' ', differences)}");
        Count(OrdersEnd, ordered.Count);
        Count(StockFollowsTheOrders, ordered.Count);
    }

    private static object StateOf(StreamId stream, IEnumerable<EventRecord> events) => ShopDomain.Instance.DeciderOf(stream) is { } decider
        ? events.Aggregate(decider.Initial, (state, e) => decider.Evolve(state, e.Event))
        : throw new InvalidOperationException($"No decider handles the stream {stream}.");

    /// <summary>
    /// Every price fall is one mail per watcher, and every end of an order one mail to its customer, or a claim in
    /// doubt. No mail is sent twice, or without its event.
    /// </summary>
    private async Task CheckMailsAsync(HashSet<StreamId> streams)
    {
        var events = await EventsAsync([.. streams, .. witness.Orders.Select(OrderStreams.IdOf)]);
        List<EventRecord> falls = [.. events.Where(e => e.Event is ProductPriceUpdated price && price.New.Amount < price.Old.Amount)];
        HashSet<string> owed = [.. falls.SelectMany(fall => customers.Select(customer => $"{fall.EventId:D}/{customer.Subject}")), .. events.Select(OwedForAnOrder).OfType<string>()];
        using var dynamoDb = new AmazonDynamoDBClient(new BasicAWSCredentials("test", "test"), new AmazonDynamoDBConfig { ServiceURL = stack.Fleet.Endpoints.DynamoDb.ToString(), AuthenticationRegion = "us-east-1" });
        var missing = owed.Count;
        await Eventually.TrueAsync(
            async () => (missing = owed.Except(await ClaimedAsync(dynamoDb)).Count()) == 0,
            Patience,
            () => $"{WatchersAreMailed}; {CustomersAreMailed}: {missing} of {owed.Count} are not");
        Count(WatchersAreMailed, falls.Count * customers.Count);
        Count(CustomersAreMailed, owed.Count - (falls.Count * customers.Count));
        foreach (var customer in customers)
        {
            var mails = await Mailbox.OfAsync(stack.Shop, customer.Subject);
            Count(OneMail, mails.Count);
            foreach (var twice in mails.GroupBy(mail => mail.Text).Where(same => same.Count() > 1)) witness.Break(OneMail, $"{customer.Subject} got {twice.Count()} times: {twice.First().Subject}");
            foreach (var mail in mails.Where(mail => mail.Text.Contains("/unsubscribe/", StringComparison.Ordinal)))
            {
                if (!falls.Exists(fall => mail.Text.Contains(((ProductPriceUpdated)fall.Event).New.Amount.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)))
                    witness.Break(MailHasCause, $"{customer.Subject} got: {mail.Subject}");
            }
        }
    }

    private static string? OwedForAnOrder(EventRecord e) => e.Event switch
    {
        OrderConfirmed confirmed => $"{e.EventId:D}/{confirmed.Customer}",
        OrderRejected rejected => $"{e.EventId:D}/{rejected.Customer}",
        OrderCancelled cancelled => $"{e.EventId:D}/{cancelled.Customer}",
        _ => null,
    };

    private static async Task<HashSet<string>> ClaimedAsync(AmazonDynamoDBClient dynamoDb)
    {
        HashSet<string> found = [];
        var request = new ScanRequest { TableName = ShopTopology.Mails.Name, ConsistentRead = true };
        do
        {
            var page = await dynamoDb.ScanAsync(request);
            foreach (var item in page.Items.Where(item => item["state"].S != "released")) found.Add(item["mail"].S);
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        return found;
    }

    /// <summary>At most one s-maxage after rest, the edge serves what the log has.</summary>
    private async Task CheckEdgeAsync(ILookup<StreamId, EventRecord> events)
    {
        foreach (var product in products)
        {
            Count(EdgeCatchesUp);
            var committed = events[ProductStreams.IdOf(product)].Count();
            Answer? answer = null;
            await Eventually.TrueAsync(
                async () => (answer = await stack.Shop.Anonymous.GetAsync($"products/{product}")).Status == HttpStatusCode.OK && answer.Json.GetProperty("version").GetInt64() == committed,
                SharedMaxAge + TimeSpan.FromSeconds(5),
                () => $"{EdgeCatchesUp}: {product} is at v{committed}, and the edge says {answer?.Text}");
        }
    }

    private async Task<List<EventRecord>> EventsAsync(HashSet<StreamId> streams)
    {
        using var database = Database();
        return [.. (await new ClickHouseEventHistory(database).ReadStreamsAsync(streams, HistoryBounds.Everything, CancellationToken.None)).SelectMany(stream => stream.Value)];
    }

    private async Task<List<CommandOutcome>> OutcomesAsync(HashSet<StreamId> streams)
    {
        using var database = Database();
        return await new ClickHouseEventHistory(database).ReadOutcomesAsync(CancellationToken.None).Where(outcome => streams.Contains(outcome.Stream)).ToListAsync();
    }

    private ClickHouseDatabase Database() => new(ClickHouseOptions.At(stack.Fleet.Endpoints.ClickHouse, "shop"), ShopDomain.Instance, TimeProvider.System);

    private void Count(string invariant, int times = 1) => Checked[invariant] = Checked.GetValueOrDefault(invariant) + times;
}
