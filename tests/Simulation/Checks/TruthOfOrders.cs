using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;
using static ServerlessCqrs.Simulation.Checks.Invariants;

namespace ServerlessCqrs.Simulation.Checks;

/// <content>Checks the order process and the stock.</content>
public sealed partial class Truth
{
    // The command follows the read of the tip within one or two invocations.
    private static readonly TimeSpan LongAgo = TimeSpan.FromMinutes(2);

    /// <summary>The order process is about to send a command.</summary>
    public void Answering(CommandRecord answer)
    {
        var cause = answer.CausationId is { } id ? EventsById.GetValueOrDefault(id) : null;
        if (cause is null || !AnswersTo(cause).Any(should => CommandJson.Write(ShopContracts.Commands, should).AsSpan().SequenceEqual(CommandJson.Write(ShopContracts.Commands, answer))))
            Break(AnswersAreTheSame, answer.Stream, $"{Name(answer.CommandId)}, {answer.Command}, is no answer to {cause?.Type} of {cause?.Stream}.");
        if (answer.Command is ExpireOrder && Of(answer.Stream) is { State: not OrderState.Pending } order && TimeSpan.FromTicks(simulator.Now - order.ChangedAt) > LongAgo)
            Break(SettledIsLeftAlone, answer.Stream, $"It is {order.State.GetType().Name} for {TimeSpan.FromTicks(simulator.Now - order.ChangedAt)}.");
        Sending(new SentCommand(answer, OrderProcess.Itself, IsMalformed: false, Predecessor: null));
    }

    /// <summary>Returns every valid answer to an event.</summary>
    public IEnumerable<CommandRecord> AnswersTo(EventRecord e)
    {
        var answers = Reaction(e);
        if (e.Event is StockReserved reserved)
            return [.. answers, .. OrderProcess.GiveBack(e.Stream, reserved, e.At, Of(OrderStreams.IdOf(reserved.OrderId)).State as OrderState).Select(back => CommandRecord.Answer(OrderProcess.Manager, e, back.Target, back.Command, e.At))];
        if (e.Event is not OrderCreated created) return answers;
        if (WasDeactivated(created.Customer)) answers = [.. answers, .. Refusal(e)];
        return [.. answers, .. OrderProcess.Overdue(e.Stream, state: null).Select(end => CommandRecord.Answer(OrderProcess.Manager, e, end.Target, end.Command, created.ReserveBy))];
    }

    /// <summary>Returns the alternatives of required answers to an event. One of them must be complete.</summary>
    public IReadOnlyList<IReadOnlyList<CommandRecord>> ChoicesFor(EventRecord e) => e.Event is OrderCreated created && WasDeactivated(created.Customer) ? [Reaction(e), Refusal(e)] : [Reaction(e)];

    private static CommandRecord[] Reaction(EventRecord e) => [.. OrderProcess.React(e.Stream, e.Event).Select(answer => CommandRecord.Answer(OrderProcess.Manager, e, answer.Target, answer.Command, e.At))];

    private static CommandRecord[] Refusal(EventRecord e) => [.. OrderProcess.Refuse(e.Stream).Select(answer => CommandRecord.Answer(OrderProcess.Manager, e, answer.Target, answer.Command, e.At))];

    /// <summary>True if the customer is deactivated now.</summary>
    public bool WasDeactivated(string customer) => Of(CustomerStreams.IdOf(customer)).State is CustomerState.Deactivated;

    /// <summary>Checks the stock after a command that may have taken or returned pieces.</summary>
    private void JudgeStock(StreamTruth truth, ICommand command, IEnumerable<EventRecord> events)
    {
        foreach (var e in events)
        {
            if (e.Event is InventoryAdjusted { Quantity: < 0 } or StockReserved { Remaining: < 0 }) Break(StockIsNeverNegative, e.Stream, $"v{e.Version}");
            if (e.Event is StockReserved late && truth.GivenBack.Contains(late.OrderId)) Break(LateReservationsGetNothing, e.Stream, $"v{e.Version} is for {late.OrderId}, which has given its pieces back.");
            if (e.Event is OrderConfirmed && truth.State is not (OrderState.Pending or OrderState.Held)) Break(OrderEndsOnce, e.Stream, $"v{e.Version} confirms an order that is {truth.State.GetType().Name}.");
            if (e.Event is OrderRejected or OrderCancelled && truth.State is OrderState.Rejected or OrderState.Cancelled) Break(OrderEndsOnce, e.Stream, $"v{e.Version} ends an order that is {truth.State.GetType().Name}.");
        }

        // A product that does not exist cannot remember it. Pieces that are reserved later are released immediately.
        if (command is ReleaseStock release && truth.State is not ProductState.Unknown) truth.GivenBack.Add(release.OrderId);
        else if (command is ReturnStock giveBack) truth.GivenBack.Add(giveBack.OrderId);
    }
}
