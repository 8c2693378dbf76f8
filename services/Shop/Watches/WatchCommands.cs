using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Watches;

/// <summary>
/// A command on a <c>watch-{product}-{customer}</c> stream. That customer issues it. An operator, or the signed link in
/// a mail, can end the watch.
/// </summary>
public interface IWatchCommand : ICommand;

/// <summary>Sends mails to this address when the product's price falls.</summary>
[WireName("WatchPrice", 1)]
public sealed record WatchPrice(
    Guid ProductId,
    string Customer,
    Sealed Email) : IWatchCommand
{
    public IEnumerable<Violation> Check() => WatchLimits.Check(this);
}

/// <summary>Stops mails about this product.</summary>
[WireName("UnwatchPrice", 1)]
public sealed record UnwatchPrice(
    Guid ProductId,
    string Customer) : IWatchCommand
{
    public IEnumerable<Violation> Check() => WatchLimits.Check(this);
}
