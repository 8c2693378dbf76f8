using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ReadModels.Specs.Given;

/// <summary>The events of one order of two products.</summary>
internal sealed class OrderStory : StreamStory
{
    private static readonly OrderLine[] Items = [new(Story.IdOf(1), 2), new(Story.IdOf(2), 1)];

    private readonly Money _price;
    private int _reserved;
    private bool _isHeld, _isConfirmed, _isOver;

    public OrderStory(int number, int customer = 1, decimal price = 10, string currency = "USD")
        : base(OrderStreams.IdOf(IdOf(number)), number)
    {
        (Customer, _price) = ($"customer-{customer}", new Money(price, currency));
        Add(new OrderCreated(Customer, Items, new Sealed(Customer, "address"), Start.AddMinutes(5)));
    }

    public Guid Id => IdOf(Number);

    public string Customer { get; }

    public static Guid IdOf(int number) => CommandIds.Named(Guid.Empty, $"order {number}");

    public OrderStory Reserve()
    {
        Add(new OrderItemReserved(Items[_reserved].ProductId, Items[_reserved].Quantity, _price, "seller-1"));
        _reserved++;
        return this;
    }

    /// <summary>Two at that price and one, minus one percent.</summary>
    public OrderStory Confirm()
    {
        while (!_isHeld && _reserved < Items.Length) Reserve();
        Add(new OrderConfirmed(Customer, Lines, Of(3), Of(0.03m), Of(2.97m)));
        _isConfirmed = true;
        return this;
    }

    public OrderStory Hold()
    {
        while (_reserved < Items.Length) Reserve();
        Add(new OrderHeld(Lines, Of(3), Of(0.03m), Of(2.97m), "too good"));
        _isHeld = true;
        return this;
    }

    public OrderStory Reject(string code = "insufficient_stock")
    {
        if (!_isHeld) Add(new OrderItemDeclined(Items[1].ProductId, code, "There are not so many."));
        Add(new OrderRejected(Customer, Items, Items[1].ProductId, code, "There are not so many.", Start.AddMinutes(5)));
        _isOver = true;
        return this;
    }

    public OrderStory Cancel()
    {
        Add(new OrderCancelled(Customer, Items, "changed my mind", _isConfirmed, Start.AddMinutes(5)));
        _isOver = true;
        return this;
    }

    /// <summary>Adds an event by this number, or none after the order is over.</summary>
    public OrderStory Random(int step) => (_isOver, _isConfirmed, _isHeld) switch
    {
        (true, _, _) => this,
        (_, true, _) => step % 3 == 0 ? Cancel() : this,
        (_, _, true) => (step % 3) switch { 0 => Cancel(), 1 => Reject("turned_down"), _ => Confirm() },
        _ when _reserved < Items.Length && step % 2 == 0 => Reserve(),
        _ => (step % 5) switch { 0 => Cancel(), 1 => Reject(), 2 => Hold(), _ => Confirm() },
    };

    private OrderedLine[] Lines => [.. Items.Select(item => new OrderedLine(item.ProductId, item.Quantity, _price, "seller-1"))];

    private Money Of(decimal times) => _price with { Amount = _price.Amount * times };
}
