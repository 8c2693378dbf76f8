using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.ReadModels.Specs.Given;

/// <summary>The events of one product, made up step by step; the n-th story is the same every time.</summary>
internal sealed class Story
{
    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly List<EventRecord> _events = [];
    private readonly List<Guid> _images = [];
    private decimal _price;
    private int _quantity;

    public Story(int number, decimal price = 100, string category = "audio", string? name = null, int quantity = 5, Guid? id = null)
    {
        Number = number;
        Id = id ?? CommandIds.Named(Guid.Empty, $"product {number}");
        (_price, _quantity) = (price, quantity);
        Add(new ProductCreated(
            "seller-1",
            name ?? $"Wireless Headphones {number}",
            "They play.",
            category,
            new Money(price, "USD"),
            quantity,
            "WH_001",
            new Dictionary<string, string> { ["weight"] = "250 g", ["battery"] = "30 hours" },
            [new ProductImage(ImageId(0), "https://images.example/0.jpg", "front")]));
        _images.Add(ImageId(0));
    }

    public int Number { get; }

    public Guid Id { get; }

    public StreamId Stream => ProductStreams.IdOf(Id);

    public IReadOnlyList<EventRecord> Events => _events;

    public EventRecord this[long version] => _events[(int)version - 1];

    public long Version => _events.Count;

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

    /// <summary>Whatever this number means; nothing more once the product is deleted.</summary>
    public Story Random(int step)
    {
        if (IsDeleted) return this;
        return (step % 8) switch
        {
            0 or 1 => Price(50 + step % 97),
            2 => Stock(step % 5),
            3 => Revise(name: $"Name {step}"),
            4 => Revise(category: step % 3 == 0 ? "audio" : "video"),
            5 => Revise(specifications: [("battery", step % 2 == 0 ? null : $"{step} hours"), ($"key {step % 7}", "value")]),
            6 => step % 2 == 0 || _images.Count == 0 ? AddImage(step) : RemoveImage(0),
            _ => step % 3 == 0 ? Delete() : Stock(0),
        };
    }

    public Guid ImageId(int number) => CommandIds.Named(Id, $"image {number}");

    private void Add(IEvent e) => _events.Add(EventRecord.Of(
        Stream,
        Version + 1,
        e,
        CommandIds.Named(Id, $"command {Version + 1}"),
        0,
        new Actor("seller-1", Actor.Seller),
        Start.AddSeconds(Number).AddMilliseconds(10 * Version)));
}
