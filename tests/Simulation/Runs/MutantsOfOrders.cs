using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Runs;

/// <summary>Gives each command of the process a new id.</summary>
internal sealed class RenamingAnswers(ICommandStream inner) : ICommandStream
{
    private int _put;

    public Task PutAsync(IReadOnlyList<CommandRecord> commands, CancellationToken ct) => inner.PutAsync([.. commands.Select(command => command with { CommandId = Mix.Uuid(0xABC, (ulong)_put++) })], ct);
}

/// <summary>Does not send some commands of the process.</summary>
internal sealed class ForgettingAnswers(ICommandStream inner, Func<ICommand, bool> forgets) : ICommandStream
{
    public Task PutAsync(IReadOnlyList<CommandRecord> commands, CancellationToken ct) => inner.PutAsync([.. commands.Where(command => !forgets(command.Command))], ct);
}

/// <summary>Treats commands as sent that were not.</summary>
internal sealed class DeafAnswers(ICommandStream inner) : ICommandStream
{
    public async Task PutAsync(IReadOnlyList<CommandRecord> commands, CancellationToken ct)
    {
        try
        {
            await inner.PutAsync(commands, ct);
        }
        catch (Aws.Reliable.RecordsNotAcknowledgedException)
        {
            // Continues as if nothing had happened.
        }
    }
}

/// <summary>Reserves while there is stock, even for an ended order.</summary>
internal sealed class UnbarredDecider(IDecider inner) : WrappedDecider(inner)
{
    public override Decision Decide(object state, ICommand command, CommandContext context) =>
        base.Decide(state is ProductState.OnSale product && command is ReserveStock ? product with { Barred = new SortedDictionary<Guid, DateTimeOffset>(), BarredThrough = null } : state, command, context);
}

/// <summary>Cancels orders that were already cancelled.</summary>
internal sealed class ForgetfulOrders(IDecider inner) : WrappedDecider(inner)
{
    public override Decision Decide(object state, ICommand command, CommandContext context) => (state, command) switch
    {
        (OrderState.Cancelled order, CancelOrder cancel) => Decision.Accept(new OrderCancelled(order.Customer, [], cancel.Reason, order.WasConfirmed, context.At)),
        _ => base.Decide(state, command, context),
    };

    public override object Evolve(object state, IEvent @event) => (state, @event) is (OrderState.Cancelled, OrderCancelled) ? state : base.Evolve(state, @event);
}
