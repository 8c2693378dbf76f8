using ServerlessCqrs.Streams;
using static ServerlessCqrs.Shop.Products.ProductRefusals;

namespace ServerlessCqrs.Shop.Products;

/// <summary>
/// Decides and evolves products. A repeated command on the resulting state produces no events, with four exceptions.
/// For these, the write path must recognize repeats by their command ids. <see cref="AdjustInventory"/> and <see
/// cref="ReturnStock"/> are relative. A declined <see cref="ReserveStock"/> would be declined again. A <see
/// cref="ReleaseStock"/> that released pieces would then bar an order that has none.
/// </summary>
public sealed class ProductDecider() : Decider<ProductState, IProductCommand, IProductEvent>(
    ProductStreams.Category,
    stateShape: new(3, "ipaBkp63uSo"),
    initial: new ProductState.Unknown(),
    ShopJson.Default.ProductState)
{
    public override bool Creates(ICommand command) => command is CreateProduct;

    public override Decision Decide(ProductState state, IProductCommand command, CommandContext context)
    {
        if (command is IReservationCommand reservation) return Reservations.Decide(state, reservation, context.At);
        if (context.By.Role != ShopRoles.Seller) return Decision.Refuse(NotASeller, "Only sellers can change products.");
        return state switch
        {
            ProductState.Unknown => command is CreateProduct create ? Create(create, context) : Decision.Refuse(ProductNotFound, "There is no such product."),
            ProductState.OnSale product when command is CreateProduct create => CreateAgain(product, create, context.By),
            ProductState.OnSale product => product.Seller == context.By.Id ? Change(product, command) : OfAnotherSeller(),
            ProductState.Deleted product when product.Seller != context.By.Id => OfAnotherSeller(),
            ProductState.Deleted => command is DeleteProduct ? Decision.Unchanged : Decision.Refuse(AlreadyDeleted, "The product was deleted."),
            _ => throw new InvalidOperationException($"A product cannot be {state.GetType()}."),
        };
    }

    private static Decision OfAnotherSeller() => Decision.Refuse(NotTheOwner, "The product belongs to another seller.");

    private static Decision Create(CreateProduct command, CommandContext context) => ProductStreams.TryParse(context.Stream, out _)
        ? Decision.Accept(Creation(command, context.By))
        : Decision.Refuse(CommonRefusals.WrongStream, $"'{context.Stream}' is not the stream of a product.");

    /// <summary>
    /// Recognizes a repeated create, whatever happened to the product since. So a repeated import changes nothing.
    /// </summary>
    private static Decision CreateAgain(ProductState.OnSale product, CreateProduct command, Actor by) =>
        product.Created == ProductState.FingerprintOf(Creation(command, by))
            ? Decision.Unchanged
            : Decision.Refuse(ProductExists, "Another product has this id.");

    private static ProductCreated Creation(CreateProduct command, Actor by) => new(
        by.Id,
        command.Name,
        command.Description,
        command.Category,
        command.Price,
        command.Quantity,
        command.Warehouse,
        command.Specifications,
        [.. command.Images.Select(image => new ProductImage(image.ImageId, image.Url, image.Alt))]);

    private static Decision Change(ProductState.OnSale product, IProductCommand command) => command switch
    {
        UpdateProductPrice update => UpdatePrice(product, update.Price),
        ReviseProductDetails revise => Revise(product, revise),
        AdjustInventory adjust => Adjust(product, adjust),
        AddProductImage add => AddImage(product, new ProductImage(add.ImageId, add.Url, add.Alt)),
        RemoveProductImage remove => product.Images.ContainsKey(remove.ImageId) ? Decision.Accept(new ProductImageRemoved(remove.ImageId)) : Decision.Unchanged,
        DeleteProduct delete => Decision.Accept(new ProductDeleted(delete.Reason, product.Quantity)),
        _ => throw new InvalidOperationException($"A product does not know {command.GetType()}."),
    };

    private static Decision UpdatePrice(ProductState.OnSale product, Money price)
    {
        if (price.Currency != product.Price.Currency) return Decision.Refuse(CurrencyMismatch, $"The product is sold in {product.Price.Currency}.");
        if (price == product.Price) return Decision.Unchanged;
        return price.Amount * 2 < product.Price.Amount
            ? Decision.Refuse(PriceCutTooDeep, "One change may not cut the price by more than half.")
            : Decision.Accept(new ProductPriceUpdated(product.Price, price));
    }

    private static Decision Revise(ProductState.OnSale product, ReviseProductDetails command)
    {
        var specifications = command.Specifications?
            .Where(entry => entry.Value is { } value
                ? !product.Specifications.TryGetValue(entry.Key, out var known) || known != TextPrint.Of(value)
                : product.Specifications.ContainsKey(entry.Key))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .ToDictionary();
        var revised = new ProductDetailsRevised(
            Changed(command.Name, product.Name),
            Changed(command.Description, product.Description),
            Changed(command.Category, product.Category),
            specifications is { Count: > 0 } ? specifications : null);
        if (revised is { Name: null, Description: null, Category: null, Specifications: null }) return Decision.Unchanged;
        var next = Revised(product, revised);
        return next.Specifications.Count > ProductLimits.MaxSpecifications && next.Specifications.Count > product.Specifications.Count
            ? Decision.Refuse(TooManySpecifications, $"A product has at most {ProductLimits.MaxSpecifications} specifications.")
            : Grow(product, next, revised);
    }

    private static string? Changed(string? wanted, TextPrint known) => wanted is not null && TextPrint.Of(wanted) != known ? wanted : null;

    /// <summary>
    /// Accepts a change of the document, unless the document grows beyond its limit. A document that is already too
    /// large may shrink or keep its size.
    /// </summary>
    private static Decision Grow(ProductState.OnSale product, ProductState.OnSale next, IProductEvent change) => next.Bytes > ProductLimits.MaxBytes && next.Bytes > product.Bytes
        ? Decision.Refuse(ProductTooLarge, $"{ProductLimits.TooLarge} They take {product.Bytes:N0} now, and would take {next.Bytes:N0}.")
        : Decision.Accept(change);

    private static Decision Adjust(ProductState.OnSale product, AdjustInventory command) => ((long)product.Quantity + command.Delta) switch
    {
        < 0 => Decision.Refuse(InsufficientStock, $"There are only {product.Quantity} in stock."),
        > ProductLimits.MaxQuantity => Decision.Refuse(StockTooHigh, $"At most {ProductLimits.MaxQuantity} can be in stock; there are {product.Quantity}."),
        var quantity => Decision.Accept(new InventoryAdjusted(command.Delta, (int)quantity, command.Reason)),
    };

    private static Decision AddImage(ProductState.OnSale product, ProductImage image)
    {
        if (product.Images.TryGetValue(image.ImageId, out var known))
            return known == ProductState.PrintOf(image) ? Decision.Unchanged : Decision.Refuse(ImageExists, "Another image of the product has this id.");
        return product.Images.Count >= ProductLimits.MaxImages
            ? Decision.Refuse(TooManyImages, $"A product has at most {ProductLimits.MaxImages} images.")
            : Grow(product, With(product, image), new ProductImageAdded(image));
    }

    public override ProductState Evolve(ProductState state, IProductEvent @event) => (state, @event) switch
    {
        (ProductState.Unknown, ProductCreated created) => OnSale(created),
        (ProductState.OnSale product, ProductPriceUpdated updated) => product with { Price = updated.New },
        (ProductState.OnSale product, ProductDetailsRevised revised) => Revised(product, revised),
        (ProductState.OnSale product, InventoryAdjusted adjusted) => product with { Quantity = adjusted.Quantity },
        (ProductState.OnSale product, ProductImageAdded added) => With(product, added.Image),
        (ProductState.OnSale product, ProductImageRemoved removed) => product with
        {
            Images = new SortedDictionary<Guid, TextPrint>(product.Images.Where(image => image.Key != removed.ImageId).ToDictionary()),
        },
        (ProductState.OnSale product, ProductDeleted) => new ProductState.Deleted(product.Seller),
        (ProductState.OnSale product, StockReserved or StockReservationDeclined or StockReleased or ReservationBarred or ReservationCompleted or StockReturned) => Reservations.Evolve(product, @event),
        (ProductState.Deleted, StockReservationDeclined) => state,
        _ => throw new InvalidOperationException($"{@event.GetType().Name} cannot happen to a product that is {state.GetType().Name}."),
    };

    private static ProductState.OnSale OnSale(ProductCreated created) => new(
        ProductState.FingerprintOf(created),
        created.Seller,
        created.Price,
        created.Quantity,
        TextPrint.Of(created.Name),
        TextPrint.Of(created.Description),
        TextPrint.Of(created.Category),
        new SortedDictionary<string, TextPrint>(created.Specifications.ToDictionary(entry => entry.Key, entry => TextPrint.Of(entry.Value)), StringComparer.Ordinal),
        new SortedDictionary<Guid, TextPrint>(created.Images.ToDictionary(image => image.ImageId, ProductState.PrintOf)),
        Reservations: new SortedDictionary<Guid, int>(),
        Barred: new SortedDictionary<Guid, DateTimeOffset>(),
        BarredThrough: null);

    private static ProductState.OnSale Revised(ProductState.OnSale product, ProductDetailsRevised revised) => product with
    {
        Name = revised.Name is { } name ? TextPrint.Of(name) : product.Name,
        Description = revised.Description is { } description ? TextPrint.Of(description) : product.Description,
        Category = revised.Category is { } category ? TextPrint.Of(category) : product.Category,
        Specifications = Merged(product.Specifications, revised.Specifications),
    };

    private static ProductState.OnSale With(ProductState.OnSale product, ProductImage image) => product with
    {
        Images = new SortedDictionary<Guid, TextPrint>(product.Images.ToDictionary()) { [image.ImageId] = ProductState.PrintOf(image) },
    };

    private static IReadOnlyDictionary<string, TextPrint> Merged(IReadOnlyDictionary<string, TextPrint> old, IReadOnlyDictionary<string, string?>? changes)
    {
        if (changes is null) return old;
        var merged = new SortedDictionary<string, TextPrint>(old.ToDictionary(), StringComparer.Ordinal);
        foreach (var (key, value) in changes)
        {
            if (value is null) merged.Remove(key);
            else merged[key] = TextPrint.Of(value);
        }

        return merged;
    }
}
