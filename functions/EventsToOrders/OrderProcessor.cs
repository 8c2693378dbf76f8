using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventsToOrders;

/// <summary>
/// Runs the order process: it answers events with commands and sends a batch's commands in as few calls as possible. It
/// stores nothing. A redelivered event, in any order, gets the same commands, which act once. A hint gets the answers
/// to all events of its stream.
/// </summary>
public sealed class OrderProcessor(HintedStreams hinted, StateReader states, ICommandStream commands)
{
    /// <summary>
    /// Returns after Kinesis has acknowledged every command. Returns the streams that could not be answered, each with
    /// its error.
    /// </summary>
    public async Task<IReadOnlyDictionary<StreamId, Exception>> AnswerAsync(IReadOnlyList<StreamBatch> streams, CancellationToken ct)
    {
        var (batches, errors) = await hinted.ReadAsync([.. streams.Where(batch => batch.Stream.Category is OrderStreams.Category or ProductStreams.Category)], ct);
        List<(EventRecord Event, IReadOnlyList<StreamId> Looks)> happened = [];
        foreach (var batch in batches)
            Try(batch.Stream, () => happened.AddRange(batch.Events.Where(IsAnswered).Select(e => (e, LooksAt(e.Event))).ToList()));

        var known = await states.ReadAsync([.. happened.SelectMany(one => one.Looks).Distinct()], ct);
        List<CommandRecord> answers = [];
        foreach (var (e, _) in happened) Try(e.Stream, () => answers.AddRange(Answers(e, known).ToList()));
        if (answers.Count > 0) await commands.PutAsync(answers, ct);
        return errors;

        void Try(StreamId stream, Action act)
        {
            try
            {
                act();
            }
            catch (Exception e)
            {
                errors[stream] = e;
            }
        }
    }

    private static bool IsAnswered(EventRecord e) => ShopContracts.Events.NameOf(e.Event).Tags.Contains(EventTags.Process);

    /// <summary>Returns the streams whose states the answer depends on.</summary>
    private static IReadOnlyList<StreamId> LooksAt(IEvent @event) => @event switch
    {
        OrderCreated created => [CustomerStreams.IdOf(created.Customer)],
        StockReserved reserved => [OrderStreams.IdOf(reserved.OrderId)],
        _ => [],
    };

    private static IEnumerable<CommandRecord> Answers(EventRecord e, IReadOnlyDictionary<StreamId, object> known)
    {
        IEnumerable<(StreamId Target, ICommand Command)> answers = e.Event switch
        {
            OrderCreated created when known.GetValueOrDefault(CustomerStreams.IdOf(created.Customer)) is CustomerState.Deactivated => OrderProcess.Refuse(e.Stream),
            StockReserved reserved => [.. OrderProcess.React(e.Stream, reserved), .. OrderProcess.GiveBack(e.Stream, reserved, e.At, known.GetValueOrDefault(OrderStreams.IdOf(reserved.OrderId)) as OrderState)],
            _ => OrderProcess.React(e.Stream, e.Event),
        };
        return answers.Select(answer => CommandRecord.Answer(OrderProcess.Manager, e, answer.Target, answer.Command, e.At));
    }
}
