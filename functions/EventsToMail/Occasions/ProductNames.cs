using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.EventsToMail.Occasions;

internal static class ProductNames
{
    /// <summary>Returns the product's name after these events, or null when the product never existed.</summary>
    public static string? LastIn(IEnumerable<EventRecord> life) => life
        .Select(e => e.Event switch
        {
            ProductCreated created => created.Name,
            ProductDetailsRevised revised => revised.Name,
            IProductEvent => null,
            var other => throw new InvalidOperationException($"{other.GetType().Name} is not an event of a product."),
        })
        .LastOrDefault(name => name is not null);
}
