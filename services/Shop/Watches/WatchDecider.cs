using ServerlessCqrs.Streams;
using static ServerlessCqrs.Shop.Watches.WatchRefusals;

namespace ServerlessCqrs.Shop.Watches;

/// <summary>Decides and evolves watches. A repeated command on the resulting state produces no events.</summary>
public sealed class WatchDecider() : Decider<WatchState, IWatchCommand, IWatchEvent>(
    WatchStreams.Category,
    stateShape: new(1, "IxQ5pR9Bs_I"),
    initial: new WatchState.NotWatching(),
    ShopJson.Default.WatchState)
{
    /// <summary>All commands. Ending a watch that never began is not an error, and changes nothing.</summary>
    public override bool Creates(ICommand command) => command is IWatchCommand;

    public override Decision Decide(WatchState state, IWatchCommand command, CommandContext context)
    {
        var (productId, customer) = command switch
        {
            WatchPrice watch => (watch.ProductId, watch.Customer),
            UnwatchPrice unwatch => (unwatch.ProductId, unwatch.Customer),
            _ => throw new InvalidOperationException($"A watch does not know {command.GetType()}."),
        };
        var isOperator = command is UnwatchPrice && context.By.Role == Actor.Operator;
        if (!isOperator && context.By.Role != ShopRoles.Customer) return Decision.Refuse(NotACustomer, "Only customers can watch prices.");
        if (!isOperator && customer != context.By.Id || !WatchStreams.TryParse(context.Stream, out var product, out var watcher) || (product, watcher) != (productId, customer))
            return Decision.Refuse(NotYourWatch, "You can only change your own watches.");
        return (state, command) switch
        {
            (WatchState.Watching watching, WatchPrice watch) when watching.Email == WatchState.FingerprintOf(watch.Email) => Decision.Unchanged,
            (_, WatchPrice watch) => Decision.Accept(new PriceWatched(watch.ProductId, watch.Customer, watch.Email)),
            (WatchState.Watching, _) => Decision.Accept(new PriceUnwatched(productId, customer)),
            _ => Decision.Unchanged,
        };
    }

    public override WatchState Evolve(WatchState state, IWatchEvent @event) => (state, @event) switch
    {
        (_, PriceWatched watched) => new WatchState.Watching(WatchState.FingerprintOf(watched.Email)),
        (WatchState.Watching, PriceUnwatched) => new WatchState.NotWatching(),
        _ => throw new InvalidOperationException($"{@event.GetType().Name} cannot happen to a watch that is {state.GetType().Name}."),
    };
}
