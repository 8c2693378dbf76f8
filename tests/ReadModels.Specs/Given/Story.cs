using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ReadModels.Specs.Given;

/// <summary>Generates the events of one stream step by step. The n-th story is always the same.</summary>
internal abstract class StreamStory(StreamId stream, int number)
{
    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly List<EventRecord> _events = [];

    public int Number => number;

    public StreamId Stream => stream;

    public IReadOnlyList<EventRecord> Events => _events;

    public EventRecord this[long version] => _events[(int)version - 1];

    public long Version => _events.Count;

    protected void Add(IEvent e) => _events.Add(EventRecord.Of(ShopContracts.Events,
        Stream,
        Version + 1,
        e,
        CommandIds.Named(Guid.Empty, $"command {Stream} {Version + 1}"),
        0,
        new Actor("seller-1", ShopRoles.Seller),
        Start.AddSeconds(Number).AddMilliseconds(10 * Version)));
}

/// <summary>The events of one product.</summary>
internal sealed class Story : StreamStory
{
    private readonly List<Guid> _images = [];
    private readonly Dictionary<Guid, int> _reserved = [];
    private decimal _price;
    private int _quantity;

    public Story(int number, decimal price = 100, string category = "audio", string? name = null, int quantity = 5, Guid? id = null, string description = "They play.", params (string Key, string Value)[] specifications)
        : base(ProductStreams.IdOf(id ?? IdOf(number)), number)
    {
        Id = id ?? IdOf(number);
        (_price, _quantity) = (price, quantity);
        Add(new ProductCreated(
            "seller-1",
            name ?? $"Wireless Headphones {number}",
            description,
            category,
            new Money(price, "USD"),
            quantity,
            "WH_001",
            (specifications.Length > 0 ? specifications : [("weight", "250 g"), ("battery", "30 hours")]).ToDictionary(specification => specification.Key, specification => specification.Value),
            [new ProductImage(ImageId(0), "https://images.example/0.jpg", "front")]));
        _images.Add(ImageId(0));
    }

    public Guid Id { get; }

    public bool IsDeleted { get; private set; }

    public Story Price(decimal price)
    {
        Add(new ProductPriceUpdated(new Money(_price, "USD"), new Money(price, "USD")));
        _price = price;
        return this;
    }

    public Story Stock(int quantity)
    {
        Add(new InventoryAdjusted(quantity - _quantity, quantity, "counted"));
        _quantity = quantity;
        return this;
    }

    public Story Revise(string? name = null, string? category = null, params (string Key, string? Value)[] specifications)
    {
        Add(new ProductDetailsRevised(name, null, category, specifications.Length == 0 ? null : specifications.ToDictionary(s => s.Key, s => s.Value)));
        return this;
    }

    public Story AddImage(int number)
    {
        Add(new ProductImageAdded(new ProductImage(ImageId(number), $"https://images.example/{number}.jpg", $"view {number}")));
        _images.Add(ImageId(number));
        return this;
    }

    public Story RemoveImage(int number)
    {
        Add(new ProductImageRemoved(ImageId(number)));
        _images.Remove(ImageId(number));
        return this;
    }

    public Story Delete()
    {
        Add(new ProductDeleted("sold out", _quantity));
        IsDeleted = true;
        return this;
    }

    /// <summary>An order with this number reserves pieces.</summary>
    public Story Reserve(int order, int quantity)
    {
        _quantity -= quantity;
        _reserved[OrderId(order)] = quantity;
        Add(new StockReserved(OrderId(order), quantity, _quantity, new Money(_price, "USD"), "seller-1"));
        return this;
    }

    public Story Decline(int order)
    {
        Add(new StockReservationDeclined(OrderId(order), "insufficient_stock", "There are not so many."));
        return this;
    }

    public Story Release(int order)
    {
        _reserved.Remove(OrderId(order), out var quantity);
        _quantity += quantity;
        Add(new StockReleased(OrderId(order), quantity, _quantity));
        return this;
    }

    public Story Bar(int order)
    {
        Add(new ReservationBarred(OrderId(order), Start.AddMinutes(5)));
        return this;
    }

    public Story Complete(int order)
    {
        _reserved.Remove(OrderId(order));
        Add(new ReservationCompleted(OrderId(order)));
        return this;
    }

    public Story Return(int order, int quantity)
    {
        _quantity += quantity;
        Add(new StockReturned(OrderId(order), quantity, _quantity));
        return this;
    }

    /// <summary>Adds an event by this number. After the product's deletion, orders may still ask for it.</summary>
    public Story Random(int step)
    {
        if (IsDeleted) return step % 3 == 0 ? Decline(step) : this;
        return (step % 12) switch
        {
            0 or 1 => Price(50 + step % 97),
            2 => Stock(step % 5),
            3 => Revise(name: $"Name {step}"),
            4 => Revise(category: step % 3 == 0 ? "audio" : "video"),
            5 => Revise(specifications: [("battery", step % 2 == 0 ? null : $"{step} hours"), ($"key {step % 7}", "value")]),
            6 => step % 2 == 0 || _images.Count == 0 ? AddImage(step) : RemoveImage(0),
            7 => _quantity > 0 ? Reserve(step % 3, 1 + step % _quantity) : Decline(step),
            8 => _reserved.ContainsKey(OrderId(step % 3)) ? Release(step % 3) : Bar(step % 3),
            9 => _reserved.ContainsKey(OrderId(step % 3)) ? Complete(step % 3) : Return(step, 1 + step % 4),
            10 => Decline(step),
            _ => step % 3 == 0 ? Delete() : Stock(0),
        };
    }

    public static Guid IdOf(int number) => CommandIds.Named(Guid.Empty, $"product {number}");

    public Guid ImageId(int number) => CommandIds.Named(Id, $"image {number}");

    private Guid OrderId(int number) => CommandIds.Named(Id, $"order {number}");
}
