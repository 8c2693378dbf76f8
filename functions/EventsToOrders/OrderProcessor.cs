using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.EventsToOrders;

/// <summary>
/// Runs the order process: answers events with commands, those of a batch in as few calls as they fit into. It keeps nothing. An event that comes again, in whatever order, is answered with the same commands, which act once; a hint
/// with the answers to all that its stream ever said.
/// </summary>
public sealed class OrderProcessor(HintedStreams hinted, StateReader states, ICommandStream commands)
{
    /// <summary>Returns once every answer is acknowledged, and why which of the streams could not be answered.</summary>
    public async Task<IReadOnlyDictionary<StreamId, Exception>> AnswerAsync(IReadOnlyList<StreamBatch> streams, CancellationToken ct)
    {
        var (batches, errors) = await hinted.ReadAsync([.. streams.Where(batch => batch.Stream.Category is OrderStreams.Category or ProductStreams.Category)], ct);
        List<EventRecord> happened = [];
        foreach (var batch in batches)
        {
            try
            {
                happened.AddRange(batch.Events.Where(e => ShopContracts.Events.NameOf(e.Event).Tags.Contains(EventTags.Process)).ToList());
            }
            catch (Exception e)
            {
                errors[batch.Stream] = e;
            }
        }

        var deactivated = await DeactivatedAsync(happened.Select(e => e.Event).OfType<OrderCreated>().Select(created => CustomerStreams.IdOf(created.Customer)), ct);
        List<CommandRecord> answers = [.. happened.SelectMany(e => Answers(e, deactivated))];
        if (answers.Count > 0) await commands.PutAsync(answers, ct);
        return errors;
    }

    private static IEnumerable<CommandRecord> Answers(EventRecord e, HashSet<StreamId> deactivated)
    {
        var answers = e.Event is OrderCreated created && deactivated.Contains(CustomerStreams.IdOf(created.Customer)) ? OrderProcess.Refuse(e.Stream) : OrderProcess.React(e.Stream, e.Event);
        return answers.Select(answer => CommandRecord.Answer(e, answer.Target, answer.Command, e.At));
    }

    private async Task<HashSet<StreamId>> DeactivatedAsync(IEnumerable<StreamId> customers, CancellationToken ct) =>
        [.. (await states.ReadAsync([.. customers.Distinct()], ct)).Where(customer => customer.Value is CustomerState.Deactivated).Select(customer => customer.Key)];
}
