using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Http;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.CommandApi.Commands;

/// <summary>What must hold of a stream that is not the command's own. It is looked at before the command is sent, and only what cannot change is held against it: whatever else there is, decides later.</summary>
/// <param name="Missing">The answer where there is no such stream, nor a second later; null where there need be none.</param>
/// <param name="Against">The answer where its state speaks against the command for good; null where it does not.</param>
public sealed record Requirement(
    StreamId Stream,
    Problem? Missing,
    Func<object, Problem?> Against)
{
    /// <summary>There is or was such a product.</summary>
    public static Requirement Product(Guid id) => new(
        ProductStreams.IdOf(id),
        new Problem(StatusCodes.Status404NotFound, ProductRefusals.ProductNotFound, "There is no such product."),
        Against: _ => null);

    /// <summary>There is such a product, and it is on sale.</summary>
    public static Requirement ProductOnSale(Guid id) => Product(id) with
    {
        Missing = new Problem(StatusCodes.Status404NotFound, ProductRefusals.ProductNotFound, $"There is no product {id:D}."),
        Against = state => state is ProductState.Deleted ? new Problem(StatusCodes.Status410Gone, ProductRefusals.AlreadyDeleted, $"The product {id:D} was deleted.") : null,
    };

    /// <summary>The customer was not deactivated. One who never registered was not.</summary>
    public static Requirement Active(string customer) => new(
        CustomerStreams.IdOf(customer),
        Missing: null,
        Against: state => state is CustomerState.Deactivated ? new Problem(StatusCodes.Status403Forbidden, CustomerRefusals.UserDeactivated, "The customer was deactivated.") : null);

    /// <summary>What the stream has against the command, by its tip.</summary>
    public Problem? Judge(StreamTip? tip) => ShopDomain.Instance.DeciderOf(Stream) is { } decider && Foresight.StateOf(tip, decider) is { } state ? Against(state) : null;
}
