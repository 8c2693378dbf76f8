using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Watches;

/// <summary>A command on a <c>watch-{product}-{customer}</c> stream, issued by that customer (or, to end it, by the signed link in a mail, or by an operator).</summary>
public interface IWatchCommand : ICommand;

/// <summary>From now on, mail this address when the product's price falls.</summary>
[WireName("WatchPrice", 1)]
public sealed record WatchPrice(
    Guid ProductId,
    string Customer,
    Sealed Email) : IWatchCommand
{
    public IEnumerable<Violation> Check() => WatchLimits.Check(this);
}

/// <summary>No more mail about this product.</summary>
[WireName("UnwatchPrice", 1)]
public sealed record UnwatchPrice(
    Guid ProductId,
    string Customer) : IWatchCommand
{
    public IEnumerable<Violation> Check() => WatchLimits.Check(this);
}
