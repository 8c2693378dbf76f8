using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.EventsToMail.Occasions;

/// <summary>What products were called.</summary>
internal static class ProductNames
{
    /// <summary>The name that these events of a product end with; null where it never was.</summary>
    public static string? LastIn(IEnumerable<EventRecord> life) => life
        .Select(e => e.Event switch
        {
            ProductCreated created => created.Name,
            ProductDetailsRevised revised => revised.Name,
            IProductEvent => null,
            var other => throw new InvalidOperationException($"{other.GetType().Name} is no event of a product."),
        })
        .LastOrDefault(name => name is not null);
}
