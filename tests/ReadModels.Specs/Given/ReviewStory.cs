using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.ReadModels.Specs.Given;

/// <summary>The events of one customer's review of one product.</summary>
internal sealed class ReviewStory : StreamStory
{
    private readonly Guid _product;
    private readonly string _customer;
    private readonly List<Guid> _bought = [];
    private bool _isWritten, _isDecided;

    public ReviewStory(int number, int product = 1)
        : base(ReviewStreams.IdOf(Story.IdOf(product), $"customer-{number}"), number)
    {
        (_product, _customer) = (Story.IdOf(product), $"customer-{number}");
        Buy();
    }

    public Guid Id => Guid.Parse(Stream.Key);

    public ReviewStory Buy()
    {
        _bought.Add(CommandIds.Named(Id, $"order {_bought.Count}"));
        Add(new ProductPurchased(_product, _customer, "seller-1", _bought[^1]));
        return this;
    }

    public ReviewStory Withdraw()
    {
        Add(new PurchaseWithdrawn(_product, _customer, _bought[^1]));
        _bought.RemoveAt(_bought.Count - 1);
        return this;
    }

    public ReviewStory Submit(int stars = 4)
    {
        Stars = stars;
        Add(new ReviewSubmitted(_product, _customer, stars, new Sealed(_customer, $"title-{Number}"), new Sealed(_customer, $"text-{Number}")));
        _isWritten = true;
        return this;
    }

    public ReviewStory Approve()
    {
        Add(new ReviewApproved(_product, _customer, Stars));
        _isDecided = true;
        return this;
    }

    public ReviewStory Reject()
    {
        Add(new ReviewRejected(_product, _customer, "off topic"));
        _isDecided = true;
        return this;
    }

    /// <summary>Adds an event by this number, or none after the review is decided.</summary>
    public ReviewStory Random(int step) => (_isDecided, _isWritten) switch
    {
        (true, _) => this,
        (_, true) => step % 4 == 0 ? Reject() : Approve(),
        _ when _bought.Count == 0 => Buy(),
        _ => (step % 5) switch
        {
            0 => Buy(),
            1 => Withdraw(),
            _ => Submit(1 + step % 5),
        },
    };

    private int Stars { get; set; }
}
